import { dirname } from "node:path";
import {
  Budget,
  DivergenceError,
  judgedBase,
  runLoop,
  type Candidate,
  type Json,
  type LoopOptions,
  type LoopResult,
  type Proposer,
  type RunSession,
  type Search,
  type Target,
  type Verdict,
} from "@pawl/core";
import { Languages, type WorkTask } from "@pawl/propose";
import type { Isolation, ProjectSnapshot, Sandbox } from "@pawl/verify";
import { demandUnchanged } from "./execute.ts";
import { Inbox } from "./inbox.ts";
import { engageModels, type EngagedModels, type ModelEngagement } from "./model-proposers.ts";
import { asksModels } from "./models.ts";
import type { RunOptions } from "./options.ts";
import { asksOutside, outsideProposer } from "./outside-proposers.ts";
import { ProgressReporter, type BestView } from "./progress.ts";
import type { RunConfig } from "./run-config.ts";
import type { ProjectRecord } from "./record.ts";
import { answersOf, type RunResult } from "./results.ts";
import { SearchClock } from "./search-clock.ts";

/** The live side of a run: a copy of the project and what judges there. A replay that judges nothing has none. */
export interface LiveProject extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  readonly languages: Languages;
}

/** What whoever starts, resumes or replays a run may want of it. */
export interface RunWatch extends Pick<RunOptions, "signal" | "onProgress" | "desk"> {
  /** For whoever wants to look at the search when the run has ended. */
  readonly onSearch?: (search: Search) => void;
}

/** Who else than Pawl's own proposer could make the candidates, and what they are told. */
export interface Engagement {
  readonly target: Target;
  readonly models: Omit<ModelEngagement, "session" | "config" | "command" | "own" | "note">;
  /** For agents and people. */
  readonly work: () => WorkTask;
  /** Why a file that may change may not become this, or null. Default: anything is allowed. */
  readonly refusal?: (path: string, text: string) => string | null;
}

export interface FramedSearch extends Pick<
  LoopOptions,
  "target" | "check" | "gate" | "search" | "window" | "recheck" | "proposer"
> {
  /** Verdict of the base. */
  readonly base: Verdict;
}

/**
 * One run from its first observation to its last event, as `fix`, `evolve` and `speed` share it: read the project, engage whoever proposes,
 * search, finish. The same code serves a new run, a resumed one and a replay.
 */
export class RunFrame<L extends LiveProject> {
  readonly session: RunSession;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
  readonly #command: string;
  readonly #config: RunConfig;
  readonly #live: L | null;
  readonly #watch: RunWatch;
  #models: EngagedModels | null = null;
  #inbox: Inbox | null = null;
  #clock: SearchClock | null = null;

  constructor(
    command: string,
    session: RunSession,
    config: RunConfig,
    live: L | null,
    watch: RunWatch,
    view?: BestView,
  ) {
    this.#command = command;
    this.session = session;
    this.#config = config;
    this.#live = live;
    this.#watch = watch;
    this.progress = new ProgressReporter(session, watch.onProgress, view);
    this.signal = watch.signal ?? new AbortController().signal;
  }

  /** What judges; a record that needs it although it is a replay ends too early. */
  live(): L {
    if (this.#live !== null) return this.#live;
    throw new DivergenceError({ what: "the record ends before the run does", todo: "Resume the run instead." });
  }

  /** What the run reads from the outside world before it searches: once, then from the record. */
  async project<P extends ProjectRecord>(read: (live: L) => Promise<P>): Promise<P> {
    const plan = (await this.session.observe(
      "project",
      async () => (await read(this.live())) as unknown as Json,
    )) as unknown as P;
    if (this.#live !== null) demandUnchanged(this.#live.snapshot, plan);
    return plan;
  }

  async languages(): Promise<Languages> {
    return this.#live?.languages ?? (await Languages.load());
  }

  /** Whoever the run was started with: the models it asks, somebody from outside, else Pawl's own proposer. */
  async engage(own: Proposer, { target, models, work, refusal = () => null }: Engagement): Promise<Proposer> {
    const { proposer, agent } = this.#config;
    const say = (text: string): void => this.progress.note(text);
    if (asksModels(proposer)) {
      const run = { session: this.session, config: this.#config, command: this.#command };
      this.#models = await engageModels({ ...models, ...run, own, note: say });
      return this.#models.proposer;
    }
    if (!asksOutside(proposer)) return own;
    this.#inbox = new Inbox(dirname(this.session.store.path), this.session.id, say);
    const desk = this.#watch.desk ?? this.#inbox;
    return outsideProposer(proposer, { task: work(), live: this.#live, target, desk, say, agent, refusal });
  }

  /** Rounds of proposing and judging until the budget is used up or the gate is satisfied. Closes what was engaged. */
  async search({ base, ...setting }: FramedSearch): Promise<LoopResult> {
    const { seed, budget: limits } = this.#config;
    const clock = new SearchClock(this.session);
    this.#clock = clock;
    const budget = new Budget(limits);
    this.progress.phase("searching", budget);
    this.#watch.onSearch?.(setting.search);
    const loop = await runLoop({
      ...setting,
      base: judgedBase(setting.target, base, setting.gate),
      journal: this.session.journal,
      budget,
      seed,
      elapsed: () => clock.seconds(),
      onLive: () => clock.start(),
      signal: this.signal,
      onProgress: (event) => this.progress.step(event),
    }).finally(async () => {
      this.#inbox?.close();
      await this.#models?.close();
    });
    this.#models?.save();
    return loop;
  }

  /** Seconds the search has used. */
  searched(): number {
    return this.#clock?.seconds() ?? 0;
  }

  /** The end of every result. */
  facts(loop: LoopResult, { isolation }: { readonly isolation: Isolation }) {
    const { proposer, search } = this.#config;
    return {
      evaluations: { screened: loop.screened, confirmed: loop.confirmed },
      ...answersOf(loop),
      seconds: Math.round(this.session.elapsed() * 10) / 10,
      isolation,
      proposer,
      search,
    };
  }

  /** The last event. Time is not part of what has to repeat. */
  finish<R extends RunResult>(result: R, best: Candidate | null): R {
    const { seconds, ...repeats } = result;
    this.session.journal.decide({
      type: "finished",
      data: { outcome: result.status, best: best?.id ?? null, result: repeats as unknown as Json },
      meta: { seconds },
    });
    return result;
  }
}
