import { setTimeout as wait } from "node:timers/promises";
import { UsageError } from "@pawl/core";
import { InterruptedError } from "./execute.ts";
import { openCall } from "./inbox.ts";
import type { RunOptions, RunProgress } from "./options.ts";
import type { RunResult } from "./results.ts";

/** A run of this process, as it is now. */
export interface BackgroundStatus {
  readonly run: string;
  readonly state: "working" | "waiting for a change" | "finished" | "stopped" | "failed";
  readonly progress: RunProgress | null;
  readonly result: RunResult | null;
  /** What it waits for, in words. */
  readonly task: string | null;
}

/** What a run in the background is started with, beside what it is about. */
export type Watched = Required<Pick<RunOptions, "state" | "signal" | "onProgress">>;

interface Work {
  readonly stop: AbortController;
  readonly done: Promise<void>;
  progress: RunProgress | null;
  result: RunResult | null;
  error: unknown;
  ended: boolean;
}

const POLL_MS = 100;

/** Runs that this process works on while it answers questions about them. Close it in any case: it pauses them. */
export class BackgroundRuns {
  readonly #state: string;
  readonly #works = new Map<string, Work>();
  readonly #all = new Set<Work>();

  constructor(state: string) {
    this.#state = state;
  }

  /** Starts a run of `fix`, `evolve` or `speed` and returns its name as soon as it has one. Throws what keeps it from starting. */
  async start(begin: (watched: Watched) => Promise<RunResult>, signal: AbortSignal): Promise<string> {
    const stop = new AbortController();
    const named = Promise.withResolvers<string>();
    const abort = (): void => stop.abort();
    signal.addEventListener("abort", abort);
    const onProgress = (progress: RunProgress): void => {
      work.progress = progress;
      this.#works.set(progress.run, work);
      named.resolve(progress.run);
    };
    const running = begin({ state: this.#state, signal: stop.signal, onProgress });
    const work: Work = {
      stop,
      progress: null,
      result: null,
      error: null,
      ended: false,
      done: running.then(
        (result) => this.#end(work, { result }),
        (error: unknown) => {
          this.#end(work, { error });
          named.reject(error as Error);
        },
      ),
    };
    this.#all.add(work);
    try {
      return await named.promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** Throws the error a run ended with, unless it was stopped. */
  status(run: string): BackgroundStatus {
    const work = this.#workOf(run);
    const { progress, result, error, ended } = work;
    if (error !== null && !(error instanceof InterruptedError)) throw error;
    const call = ended ? null : openCall(this.#state, run);
    const state =
      call !== null ? "waiting for a change" : !ended ? "working" : result === null ? "stopped" : "finished";
    return { run, state, progress, result, task: call?.text ?? null };
  }

  /** Waits until the run has ended or waits for a change, or for `seconds`; tells what it is doing meanwhile. */
  async watch(
    run: string,
    seconds: number,
    signal: AbortSignal,
    tell: (progress: RunProgress) => void,
  ): Promise<BackgroundStatus> {
    const end = performance.now() + seconds * 1000;
    let last: RunProgress | null = null;
    for (;;) {
      const status = this.status(run);
      if (status.progress !== null && status.progress !== last) tell((last = status.progress));
      if (status.state !== "working" || performance.now() >= end) return status;
      await wait(POLL_MS, undefined, { signal });
    }
  }

  /** Pauses a run and waits until its state is saved. */
  async stop(run: string): Promise<BackgroundStatus> {
    const work = this.#workOf(run);
    work.stop.abort();
    await work.done;
    return this.status(run);
  }

  async close(): Promise<void> {
    for (const work of this.#all) work.stop.abort();
    await Promise.all([...this.#all].map((work) => work.done));
  }

  #end(work: Work, outcome: Partial<Pick<Work, "result" | "error">>): void {
    Object.assign(work, outcome, { ended: true });
  }

  #workOf(run: string): Work {
    const work = this.#works.get(run);
    if (work !== undefined) return work;
    throw new UsageError({
      what: `run ${run} was not started here`,
      todo: `These were: ${[...this.#works.keys()].join(", ") || "none yet"}. Start one with start_run.`,
    });
  }
}
