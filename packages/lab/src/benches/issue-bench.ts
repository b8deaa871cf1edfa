import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  type ArchiveEntry,
  type CandidateId,
  type Check,
  type LoopResult,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type Search,
  type Verdict,
} from "@pawl/core";
import { byPlausibility, repairGate, shippedModel } from "@pawl/improve";
import { Languages, SyntaxProposer, type Localisation, type LocatedMethod, type Suspiciousness } from "@pawl/propose";
import { openSandbox, type Sandbox } from "@pawl/verify";
import type { FaultLocation, RepoIssue } from "@pawl/worlds";
import type { LabContext, Measurements, Row } from "../system.ts";
import { IssueProject, type IssueParts } from "./issue-project.ts";
import { Remembered } from "./remembered.ts";

/** An issue with the text that an arm gets to read. */
export interface IssueTask {
  /** With `/weak` at its end where wrong patches pass the visible tests with ease. */
  readonly id: string;
  readonly issue: RepoIssue;
  readonly text: string;
}

export interface IssueSetup {
  /** Where to look; its ranking is judged as well. */
  readonly locate: (parts: IssueParts, text: string) => Localisation;
  /** Scores of the lines that may be edited; a line with 0 is never edited. Null: nothing is repaired, only located. */
  readonly lines: ((found: Localisation, parts: IssueParts) => Suspiciousness) | null;
  readonly search: () => Search;
  /** New candidates executed on the visible tests, per task. */
  readonly evaluations: number;
  /** Whether a candidate must keep the tests that passed before; default true. */
  readonly regressions?: boolean;
  /** Patches passing the visible tests after which a task ends; default 1. */
  readonly enough?: number;
  readonly further?: (task: IssueTask, parts: IssueParts, seed: number) => Readonly<Record<string, number | null>>;
}

/** The second attempt of recipes that resolve too little: more tries, and a choice among patches that pass the visible tests. */
export const LONGER = { evaluations: 120, enough: 4 } as const;
const TOP = 5;

/** Repairs repositories of the world repo-issue under a fixed number of evaluations, from what an issue's text and the tests say. */
export class IssueBench {
  readonly #tasks: readonly IssueTask[];
  readonly #sandbox: Sandbox;
  readonly #languages: Languages;
  readonly #projects = new Remembered<IssueProject>();
  #runs = 0;

  private constructor(tasks: readonly IssueTask[], sandbox: Sandbox, languages: Languages) {
    this.#tasks = tasks;
    this.#sandbox = sandbox;
    this.#languages = languages;
  }

  static async open(tasks: readonly IssueTask[]): Promise<IssueBench> {
    return new IssueBench(tasks, await openSandbox(), await Languages.load());
  }

  /**
   * Rows with `files5` and `methods5` (the faulty files, and places, are among the first five), `linesRead`; and where something is repaired
   * `visible`, `hidden` (the chosen patch passes those tests), `wrong` (of visible ones, hidden fail), `breaks` (of chosen ones, not all visible tests
   * pass in a fresh box), all four null where the machine gave no answer, `spent`, and `builtOn` (candidates made from another candidate instead of the
   * base).
   */
  async run(setup: IssueSetup, { seed, signal }: Pick<LabContext, "seed" | "signal">): Promise<Measurements> {
    const rows: Row[] = [];
    let spent = 0;
    // Arms that run at the same time begin far apart: a repository has one runner, and they would wait for each other's tests all the way.
    const first = this.#runs++ % 2 === 0 ? 0 : Math.floor(this.#tasks.length / 2);
    for (let i = 0; i < this.#tasks.length; i++) {
      const at = (first + i) % this.#tasks.length;
      const task = this.#tasks[at] as IssueTask;
      signal.throwIfAborted();
      const project = await this.#project(task.issue, signal);
      const found = setup.locate(project.parts, task.text);
      const repaired =
        setup.lines === null ? null : await repair(project, setup, setup.lines(found, project.parts), seed, signal);
      spent += repaired?.spent ?? 0;
      const values = {
        files5: Number(holdsFiles(found, task.issue.truth, TOP)),
        methods5: Number(holdsPlaces(found.methods, task.issue.truth, TOP)),
        linesRead: found.linesRead,
        ...repaired,
        ...setup.further?.(task, project.parts, seed),
      };
      rows[at] = { task: task.id, values };
    }
    return { rows, spent };
  }

  async close(): Promise<void> {
    for (const project of await this.#projects.take()) await project.close();
  }

  /** Of one issue, whichever text is read. */
  #project(issue: RepoIssue, signal: AbortSignal): Promise<IssueProject> {
    return this.#projects.get(issue.id, () => IssueProject.open(issue, this.#sandbox, this.#languages, signal));
  }
}

/** Every file with a fault is among the first. */
export function holdsFiles(
  { files }: Pick<Localisation, "files">,
  truth: readonly FaultLocation[],
  most: number,
): boolean {
  const first = new Set(files.slice(0, most).map(({ path }) => path));
  return truth.every(({ path }) => first.has(path));
}

/** Every fault is inside of one of the first functions, methods or constants. */
export function holdsPlaces(methods: readonly LocatedMethod[], truth: readonly FaultLocation[], most: number): boolean {
  const first = methods.slice(0, most).map(({ definition }) => definition);
  return truth.every(({ path, line, endLine }) =>
    first.some((each) => each.path === path && each.line <= line && endLine <= each.endLine),
  );
}

async function repair(
  project: IssueProject,
  setup: IssueSetup,
  lines: Suspiciousness,
  seed: number,
  signal: AbortSignal,
): Promise<{
  readonly visible: number | null;
  readonly hidden: number | null;
  readonly wrong: number | null;
  readonly breaks: number | null;
  readonly spent: number;
  readonly builtOn: number;
}> {
  const { regressions = true, enough = 1, evaluations } = setup;
  const { target, languages, sources, failing } = project.parts;
  const found: CandidateId[] = [];
  const check: Check = {
    id: "tests",
    deterministic: true,
    screen: ({ candidate }, of) => project.screen(candidate, of, regressions),
    confirm: ({ candidate }, of) => project.screen(candidate, of, regressions),
    close: async () => {},
  };
  const gate = {
    ...repairGate(check, { patience: 0, enough }),
    // Nothing is confirmed on the way: verdicts repeat, and what is chosen is judged by other tests.
    promising: () => false,
    satisfied: () => (found.length >= enough ? "enough" : null),
  };
  // Files without a line that may change need not be looked through.
  const open = Object.fromEntries(Object.entries(sources).filter(([path]) => lines[path]?.some((score) => score > 0)));
  const syntax = new SyntaxProposer({ languages, model: shippedModel(), sources: open, suspiciousness: lines });
  const loop = await runLoop({
    target,
    check,
    gate,
    search: setup.search(),
    proposer: new Within(syntax),
    base: judgedBase(target, baseVerdict(failing), gate),
    journal: new Journal([], { append: () => {} }),
    budget: new Budget({ evaluations }),
    seed,
    // One at a time: what a search knows when it asks must not depend on how many are in flight.
    window: 1,
    elapsed: () => 0,
    signal,
    onProgress: ({ last }) => {
      if (last.verdict.status === "passed") found.push(last.candidate.id);
    },
  });
  const { archive, screened } = loop;
  const made = Array.from({ length: archive.size - 1 }, (_, i) => archive.at(i + 1));
  const effort = { spent: screened, builtOn: made.filter(({ request }) => request.parent !== target.baseId).length };
  const chosen = mostPlausible(loop, found);
  if (chosen === null) return { visible: 0, hidden: 0, wrong: null, breaks: null, ...effort };
  const confirmed = await project.confirm(chosen.candidate, signal);
  if (confirmed.status === "infrastructure")
    return { visible: null, hidden: null, wrong: null, breaks: null, ...effort };
  const visible = confirmed.status === "passed";
  const hidden = visible && (await project.passesHidden(chosen.candidate, signal));
  return {
    visible: Number(visible),
    hidden: hidden === null ? null : Number(hidden),
    wrong: visible && hidden !== null ? Number(!hidden) : null,
    breaks: Number(!visible),
    ...effort,
  };
}

/** Edits only lines with a score above 0. */
class Within implements Proposer {
  readonly id: string;
  readonly #inner: SyntaxProposer;

  constructor(inner: SyntaxProposer) {
    this.id = inner.id;
    this.#inner = inner;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    for await (const proposal of this.#inner.propose(request, context))
      if ((proposal.origin.edits ?? []).every(({ suspiciousness }) => suspiciousness > 0)) yield proposal;
  }
}

function mostPlausible(loop: LoopResult, found: readonly CandidateId[]): ArchiveEntry | null {
  const entries = found.map((id) => loop.archive.get(id) as ArchiveEntry);
  return entries.toSorted(byPlausibility(loop.archive))[0] ?? null;
}

/** The base as the loop sees it: none of the failing tests passes, nothing else is broken. */
function baseVerdict(failing: readonly string[]): Verdict {
  const cost = { wallMs: 0, cpuMs: 0 };
  return { status: "failed", scores: { passed: [0] }, failing, feedback: [], cost, evidence: [] };
}
