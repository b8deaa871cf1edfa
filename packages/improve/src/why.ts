import { UsageError } from "@pawl/core";
import { CodeIndex, lineScores, methodScores, type SuspiciousLines } from "@pawl/propose";
import type { TestOutcome } from "@pawl/verify";
import { methodLines, type MethodLine } from "./locate.ts";
import { traceProject, type LookOptions } from "./traced-project.ts";

export interface WhyOptions extends LookOptions {
  /** The id of a failing test, or a part that only one of them has. */
  readonly name: string;
  /** Methods to give; default 5. */
  readonly most?: number;
}

export interface WhyResult {
  readonly test: string;
  readonly message: string | null;
  /** Frames inside the project, innermost first: `path:line`. */
  readonly stack: readonly string[];
  /** Functions and methods that the test executes, most suspicious first. */
  readonly methods: readonly MethodLine[];
  /** Passing tests that it was compared with: those that could be recorded within half a minute. */
  readonly passing: number;
  readonly seconds: number;
}

const DEFAULT_MOST = 5;

/** Which code makes a test fail, most likely: what it executes more than the passing tests do (Ochiai), method by method. */
export async function why(options: WhyOptions): Promise<WhyResult> {
  const started = performance.now();
  const { languages, sources, report, testLine } = await traceProject(options);
  const failing = report.tests.filter(({ status }) => status === "failed");
  const test = chooseTest(failing, options.name, testLine);
  const passing = report.tests.filter(({ status }) => status === "passed");
  const index = CodeIndex.of(languages, sources);
  const traces = [test, ...passing].map((each) => ({ passed: each !== test, hits: each.hits ?? {} }));
  const stack = (test.stack ?? []).map(({ path, line }) => `${path}:${line}`);
  const methods = methodScores(lineScores(traces), index).slice(0, options.most ?? DEFAULT_MOST);
  const located = methods.map(({ definition, score, top }) => {
    const { path, line, endLine } = definition;
    const others = passing.filter(({ hits = {} }) => (hits[path] ?? []).some((at) => at >= line && at <= endLine));
    const onLines = passing.filter(({ hits = {} }) => (hits[path] ?? []).some((at) => within(at, top)));
    const inStack = (test.stack ?? []).filter(
      (frame) => frame.path === path && frame.line >= line && frame.line <= endLine,
    );
    return {
      definition,
      score,
      evidence: [
        `runs ${top.slice(0, 3).map(rangeText).join(", ")}, as ${onLines.length} of ${passing.length} passing tests do`,
        ...(others.length > onLines.length ? [`${others.length} of them run something of it`] : []),
        ...inStack.slice(0, 1).map((frame) => `line ${frame.line} is in the stack of the failure`),
      ],
    };
  });
  return {
    test: test.id,
    message: test.message ?? null,
    stack,
    methods: methodLines(located),
    passing: passing.length,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

function chooseTest(failing: readonly TestOutcome[], name: string, where: string): TestOutcome {
  const exact = failing.find(({ id }) => id === name);
  const found = exact === undefined ? failing.filter(({ id }) => id.includes(name)) : [exact];
  if (found.length === 1) return found[0] as TestOutcome;
  const listed = (tests: readonly TestOutcome[]): string =>
    tests
      .slice(0, 5)
      .map(({ id }) => `'${id}'`)
      .join(", ");
  if (failing.length === 0)
    throw new UsageError({ what: "no test fails", where, todo: "Name another test command with --test." });
  throw new UsageError({
    what:
      found.length === 0
        ? `no failing test is called '${name}'`
        : `'${name}' may be any of ${found.length} failing tests`,
    where,
    todo: `Name one of: ${listed(found.length === 0 ? failing : found)}.`,
  });
}

function within(line: number, ranges: readonly SuspiciousLines[]): boolean {
  return ranges.some((range) => range.line <= line && line <= range.endLine);
}

function rangeText({ line, endLine }: SuspiciousLines): string {
  return line === endLine ? `line ${line}` : `lines ${line}–${endLine}`;
}
