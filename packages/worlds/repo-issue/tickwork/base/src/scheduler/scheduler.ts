import { nextDue, nextRetry } from "../jobs/due.ts";
import type { Job } from "../jobs/job.ts";
import { JobStore } from "../jobs/store.ts";
import { DelayQueue } from "../queue/delay-queue.ts";
import type { Listener } from "./events.ts";

/** Runs jobs when they are due. Time is given by the caller, so nothing here waits. */
export class Scheduler {
  readonly #jobs = new Map<string, Job>();
  readonly #queue = new DelayQueue<string>();
  readonly #store: JobStore;
  readonly #listener: Listener;
  readonly #paused = new Set<string>();

  constructor(store = new JobStore(), listener: Listener = () => {}) {
    this.#store = store;
    this.#listener = listener;
  }

  add(job: Job, now: number): void {
    this.#jobs.set(job.id, job);
    this.#plan(job, now);
  }

  remove(id: string): boolean {
    this.#queue.cancel(id);
    this.#store.forget(id);
    return this.#jobs.delete(id);
  }

  pause(id: string): void {
    this.#paused.add(id);
    this.#queue.cancel(id);
  }

  resume(id: string, now: number): void {
    if (!this.#paused.delete(id)) return;
    const job = this.#jobs.get(id);
    if (job !== undefined) this.#plan(job, now);
  }

  /** Run everything that is due; returns the ids in the order they were run. */
  tick(now: number): string[] {
    const due = this.#queue.due(now);
    for (const id of due) {
      const job = this.#jobs.get(id)!;
      this.#run(job, now);
      if (this.#jobs.has(id)) this.#plan(job, now);
    }
    return due;
  }

  /** When `tick` has something to do next, or null. */
  nextTick(): number | null {
    return this.#queue.nextAt();
  }

  #run(job: Job, now: number): void {
    try {
      job.run(now);
      this.#store.succeeded(job.id, now);
      this.#listener({ kind: "success", id: job.id, time: now });
    } catch (error) {
      this.#store.failed(job.id, now, error);
      this.#listener({ kind: "failure", id: job.id, time: now, tries: this.#store.get(job.id).streak });
    }
  }

  #plan(job: Job, now: number): void {
    if (this.#paused.has(job.id)) return;
    const state = this.#store.get(job.id);
    const at = nextRetry(job, state, now) ?? nextDue(job, state, now);
    if (at !== null) this.#queue.schedule(job.id, at, job.id);
  }
}
