import { CodeIndex, lineScores, localiserOf, nameOf, type LocatedMethod, type LocateQuestion } from "@pawl/propose";
import { demandText } from "./issue.ts";
import { readProject, traceProject, type LookOptions } from "./traced-project.ts";

export interface LocateOptions extends LookOptions {
  /** What is wrong, in words; its first line is the title. */
  readonly issue: string;
  /** Default `bm25`, which runs nothing. */
  readonly localiser?: string;
  /** Files and methods to give; default 5. */
  readonly most?: number;
}

export interface LocateResult {
  readonly localiser: string;
  readonly files: readonly { readonly path: string; readonly score: number }[];
  /** Functions, methods and top-level constants. */
  readonly methods: readonly MethodLine[];
  /** Source files that were looked at. */
  readonly indexed: number;
  /** Lines of code that the localiser read; null for one that ranks by an index alone. */
  readonly linesRead: number | null;
  /** Tests whose lines were recorded for it; null when it needs none. Passing ones are recorded for half a minute at most. */
  readonly tests: { readonly failed: number; readonly passed: number } | null;
  readonly seconds: number;
}

export interface MethodLine {
  readonly path: string;
  /** `Class.method` or a function's name. */
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly signature: string;
  /** Share of the best one's score. */
  readonly score: number;
  readonly evidence: readonly string[];
}

/** Of those that run nothing, the one that finds most by docs/localise.md. */
export const DEFAULT_LOCALISER = "bm25";
const DEFAULT_MOST = 5;

/** Where in the project the fault may be that a text reports. Runs the tests only when the localiser needs them. Nothing is recorded. */
export async function locate(options: LocateOptions): Promise<LocateResult> {
  const started = performance.now();
  const localiser = localiserOf(options.localiser ?? DEFAULT_LOCALISER);
  const issue = demandText(options.issue, "the issue");
  const most = options.most ?? DEFAULT_MOST;
  const project = localiser.needsTests
    ? await traceProject(options)
    : { ...(await readProject(options)), report: null };
  const index = CodeIndex.of(project.languages, project.sources);
  const tests = project.report?.tests ?? null;
  const question: LocateQuestion = {
    index,
    issue,
    ...(tests === null
      ? {}
      : { scores: lineScores(tests.map(({ status, hits = {} }) => ({ passed: status === "passed", hits }))) }),
  };
  const { files, methods, linesRead } = localiser.locate(question);
  const failed = tests?.filter(({ status }) => status === "failed").length ?? 0;
  return {
    localiser: localiser.id,
    files: files.slice(0, most).map(({ path, score }) => ({ path, score: share(score, files[0]?.score) })),
    methods: methodLines(methods.slice(0, most)),
    indexed: index.paths().length,
    linesRead,
    tests: tests === null ? null : { failed, passed: tests.length - failed },
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

export function methodLines(methods: readonly LocatedMethod[]): readonly MethodLine[] {
  return methods.map(({ definition, score, evidence }) => ({
    path: definition.path,
    name: nameOf(definition).slice(definition.path.length + 1),
    line: definition.line,
    endLine: definition.endLine,
    signature: definition.signature,
    score: share(score, methods[0]?.score),
    evidence,
  }));
}

function share(score: number, best: number | undefined): number {
  return Math.round((score / (best ?? score)) * 1000) / 1000;
}
