import type { RunProgress } from "@pawl/improve";
import { duration } from "../words.ts";
import { describeBest, describeLeft, describeWork } from "./describe.ts";
import type { ProgressView } from "./view.ts";

const QUIET_MS = 5000;

/** For logs and pipes: a line when the phase changes, when something was kept, and otherwise every few seconds at most. */
export class LineView implements ProgressView {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  #phase = "";
  #kept = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(write: (text: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  update(progress: RunProgress): void {
    const now = this.#now();
    // A search confirms every now and then: that is one phase, not many.
    const phase = progress.phase === "confirming" ? "searching" : progress.phase;
    const news = phase !== this.#phase || progress.kept > this.#kept;
    if (!news && now - this.#last < QUIET_MS) return;
    const began = phase !== this.#phase && progress.screened === 0;
    const best = describeBest(progress);
    const parts = [
      began ? null : describeWork(progress),
      best === null ? null : `best ${best}`,
      describeLeft(progress.left),
    ].filter((part) => part !== null);
    const details = parts.length === 0 ? "" : `: ${parts.join("; ")}`;
    this.say(`[${progress.run} ${duration(progress.seconds)}] ${progress.phase}${details}`);
    this.#phase = phase;
    this.#kept = progress.kept;
    this.#last = now;
  }

  say(text: string): void {
    this.#write(`${text}\n`);
  }

  close(): void {}
}
