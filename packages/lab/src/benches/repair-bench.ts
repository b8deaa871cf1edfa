import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  type ArchiveEntry,
  type Candidate,
  type CandidateId,
  type Check,
  type Gate,
  type LoopResult,
  type Search,
  type Submission,
  type Verdict,
} from "@pawl/core";
import { byPlausibility, repairGate, shippedModel } from "@pawl/improve";
import { Languages, SyntaxProposer } from "@pawl/propose";
import { openSandbox, type FunctionCheck, type Sandbox, type SandboxOptions } from "@pawl/verify";
import type { LabContext, Measurements, Row } from "../system.ts";
import { openTask, type OpenTask } from "./open-task.ts";
import type { BenchTask, RepairSetup, TaskParts } from "./repair-setup.ts";

/** Tasks whose processes are kept for the next arm; each is a few dozen megabytes. */
const MOST_OPEN = 64;

/** A task with its processes, and how many arms use it just now. */
interface Shared {
  readonly opened: Promise<OpenTask>;
  users: number;
}

interface Known {
  readonly visible: Map<CandidateId, Verdict>;
  readonly observed: Map<CandidateId, readonly string[]>;
  readonly hidden: Map<CandidateId, boolean>;
}

/**
 * Repairs programs of a few functions under a fixed number of evaluations. Verdicts of function checks are deterministic, so what one arm or seed
 * has executed is remembered for the others; it counts against the budget of each all the same.
 */
export class RepairBench {
  readonly #tasks: readonly BenchTask[];
  readonly #sandbox: Sandbox;
  readonly #languages: Languages;
  readonly #known = new Map<string, Known>();
  readonly #open = new Map<string, Shared>();
  readonly #keeps: boolean;

  private constructor(tasks: readonly BenchTask[], sandbox: Sandbox, languages: Languages, mostOpen: number) {
    this.#tasks = tasks;
    this.#keeps = tasks.length <= mostOpen;
    this.#sandbox = sandbox;
    this.#languages = languages;
  }

  /** With more tasks than `mostOpen`, the processes of a task are given back as soon as no arm uses it. */
  static async open(
    tasks: readonly BenchTask[],
    { mostOpen = MOST_OPEN, ...sandbox }: SandboxOptions & { readonly mostOpen?: number } = {},
  ): Promise<RepairBench> {
    return new RepairBench(tasks, await openSandbox(sandbox), await Languages.load(), mostOpen);
  }

  /**
   * Rows with `visible` and `hidden` (1 when the chosen patch passes the cases), `gap` (visible without hidden), `spent` (evaluations), and what
   * `further` adds.
   */
  async run(setup: RepairSetup, { seed, signal }: Pick<LabContext, "seed" | "signal">): Promise<Measurements> {
    const rows: Row[] = [];
    let spent = 0;
    for (const task of this.#tasks.filter(({ id }) => setup.tasks?.(id) ?? true)) {
      signal.throwIfAborted();
      const row = await this.#repair(task, setup, seed, signal);
      rows.push(row);
      spent += row.values["spent"] as number;
    }
    return { rows, spent };
  }

  async #repair(task: BenchTask, setup: RepairSetup, seed: number, signal: AbortSignal): Promise<Row> {
    const { hidden: _hidden, ...shown } = task;
    const known = this.#knownOf(task.id);
    const shared = this.#share(task, signal);
    try {
      const { target, check, judge, calls, suspiciousness } = await shared.opened;
      const remembered = remembering(check, known.visible);
      const parts: TaskParts = {
        task: shown,
        target,
        check,
        base: await remembered.screen({ candidate: target.base, files: {} }, signal),
        syntax: {
          languages: this.#languages,
          model: shippedModel(),
          sources: task.buggy,
          suspiciousness,
          ...(task.operators === undefined ? {} : { operators: task.operators }),
        },
        calls,
        observe: async (candidate) => {
          const outcomes =
            known.observed.get(candidate.id) ?? (await check.observe({ files: target.filesOf(candidate) }, signal));
          known.observed.set(candidate.id, outcomes);
          return outcomes;
        },
        signal,
      };
      const search = setup.search(parts);
      const { loop, found } = await this.#loop(setup, parts, search, remembered, seed);
      const chosen =
        found.length > 0
          ? await (setup.choose ?? mostPlausible)(found, loop, parts)
          : (setup.fallback?.(loop, parts) ?? null);
      const passesHidden = async (entry: ArchiveEntry): Promise<boolean> => {
        const { candidate } = entry;
        const answer =
          known.hidden.get(candidate.id) ??
          (await judge.screen({ candidate, files: target.filesOf(candidate) }, signal)).status === "passed";
        known.hidden.set(candidate.id, answer);
        return answer;
      };
      const visible = chosen !== null && known.visible.get(chosen.candidate.id)?.status === "passed";
      const solved = chosen !== null && (await passesHidden(chosen));
      const further = await setup.further?.({ loop, search, found, chosen, parts, hidden: passesHidden });
      return {
        task: task.id,
        values: {
          visible: Number(visible),
          hidden: Number(solved),
          gap: Number(visible && !solved),
          spent: loop.screened,
          ...further,
        },
      };
    } finally {
      // Another arm may be in the middle of it.
      if (--shared.users === 0 && !this.#keeps) await this.#closeTask(task.id);
    }
  }

  /** Gives back the processes and folders of all tasks. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#closeTask(id)));
  }

  async #closeTask(id: string): Promise<void> {
    const shared = this.#open.get(id);
    this.#open.delete(id);
    await (await shared?.opened.catch(() => undefined))?.close();
  }

  /** To be given back by one user less. */
  #share(task: BenchTask, signal: AbortSignal): Shared {
    const shared = this.#open.get(task.id) ?? {
      opened: openTask(task, { sandbox: this.#sandbox, languages: this.#languages, signal }),
      users: 0,
    };
    this.#open.set(task.id, shared);
    shared.users += 1;
    return shared;
  }

  async #loop(
    setup: RepairSetup,
    parts: TaskParts,
    search: Search,
    check: Check,
    seed: number,
  ): Promise<{ readonly loop: LoopResult; readonly found: readonly ArchiveEntry[] }> {
    const { told = (verdict) => verdict, enough = 1 } = setup;
    const { target, signal } = parts;
    const found: CandidateId[] = [];
    const passed: Candidate[] = [];
    // Nothing is confirmed on the way: verdicts repeat, and what is chosen is judged by other cases.
    const own: Gate = { ...repairGate(check, { patience: 0, enough: 1 }), promising: () => false };
    const gate: Gate = {
      ...(setup.gate?.(own, parts) ?? own),
      satisfied: () => (found.length >= enough ? "enough" : null),
    };
    const heard: Check = {
      ...check,
      screen: async (submission, of) => {
        const { candidate } = submission;
        const verdict = told(await check.screen(submission, of), candidate.id, parts);
        if (setup.accept === undefined || verdict.status !== "passed") return verdict;
        const word = await setup.accept(candidate, passed, parts);
        passed.push(candidate);
        return withWord(verdict, word.accept, word.doubts);
      },
    };
    const loop = await runLoop({
      target,
      check: heard,
      gate,
      search,
      proposer: setup.proposer?.(parts) ?? new SyntaxProposer(parts.syntax),
      base: judgedBase(target, parts.base, gate),
      journal: new Journal([], { append: () => {} }),
      budget: new Budget({ evaluations: setup.evaluations }),
      seed,
      // One at a time: what a search knows when it asks must not depend on how many are in flight.
      window: 1,
      elapsed: () => 0,
      signal,
      onProgress: ({ last }) => {
        const { status, scores } = last.verdict;
        if (status === "passed" && scores["accepted"]?.[0] !== 0) found.push(last.candidate.id);
      },
    });
    return { loop, found: found.map((id) => loop.archive.get(id) as ArchiveEntry) };
  }

  #knownOf(task: string): Known {
    const known = this.#known.get(task) ?? {
      visible: new Map(),
      observed: new Map(),
      hidden: new Map(),
    };
    this.#known.set(task, known);
    return known;
  }
}

function withWord(verdict: Verdict, accepted: boolean, doubts: readonly string[]): Verdict {
  return {
    ...verdict,
    scores: { ...verdict.scores, accepted: [Number(accepted)] },
    feedback: [...verdict.feedback, ...doubts.map((message) => ({ kind: "note", message }) as const)],
  };
}

/** The same check, which does not execute a candidate twice. */
function remembering(check: FunctionCheck, known: Map<CandidateId, Verdict>): Check {
  const screen = async (submission: Submission, signal: AbortSignal): Promise<Verdict> => {
    const verdict = known.get(submission.candidate.id) ?? (await check.screen(submission, signal));
    if (verdict.status !== "infrastructure") known.set(submission.candidate.id, verdict);
    return verdict;
  };
  return {
    id: check.id,
    deterministic: true,
    screen,
    confirm: (submission, signal) => check.confirm(submission, signal),
    close: async () => {},
  };
}

const mostPlausible: NonNullable<RepairSetup["choose"]> = async (found, loop) =>
  found.toSorted(byPlausibility(loop.archive))[0] as ArchiveEntry;
