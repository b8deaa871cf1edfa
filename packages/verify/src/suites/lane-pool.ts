import type { WarmSuite } from "./types.ts";

/** Hands out lanes, first come, first served. */
export class LanePool {
  readonly #all: readonly WarmSuite[];
  readonly #free: WarmSuite[];
  readonly #waiting: ((lane: WarmSuite) => void)[] = [];

  constructor(lanes: readonly WarmSuite[]) {
    this.#all = lanes;
    this.#free = [...lanes];
  }

  get size(): number {
    return this.#all.length;
  }

  /** Runs `work` with a lane of its own. */
  async use<T>(work: (lane: WarmSuite) => Promise<T>): Promise<T> {
    const lane = this.#free.pop() ?? (await new Promise<WarmSuite>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(lane);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(lane);
      else next(lane);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((lane) => lane.close()));
  }
}
