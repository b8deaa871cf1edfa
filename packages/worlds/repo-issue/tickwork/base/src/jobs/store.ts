import { FRESH, type JobState } from "./job.ts";

/** What is known about the runs of jobs; can be saved as JSON and read again. */
export class JobStore {
  readonly #states = new Map<string, JobState>();

  get(id: string): JobState {
    return this.#states.get(id) ?? FRESH;
  }

  succeeded(id: string, time: number): void {
    const state = this.get(id);
    this.#states.set(id, { ...state, runs: state.runs + 1, streak: 0, lastRun: time, lastError: null });
  }

  failed(id: string, time: number, error: unknown): void {
    const state = this.get(id);
    this.#states.set(id, {
      runs: state.runs + 1,
      failures: state.failures + 1,
      streak: state.streak + 1,
      lastRun: time,
      lastError: error instanceof Error ? error.message : String(error),
    });
  }

  forget(id: string): void {
    this.#states.delete(id);
  }

  save(): string {
    return JSON.stringify(Object.fromEntries(this.#states));
  }

  static load(text: string): JobStore {
    const store = new JobStore();
    for (const [id, state] of Object.entries(JSON.parse(text))) store.#states.set(id, { ...FRESH, ...(state as JobState) });
    return store;
  }
}
