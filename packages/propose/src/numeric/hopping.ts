import { UsageError, type ConstrainedProblem } from "@pawl/core";
import { BasinHopping } from "./basin-hopping.ts";
import type { NumericStrategy, SuggestContext, Suggestion } from "./strategy.ts";

/** Local solves without a gain after which a run ends. */
const PATIENCE = 150;
/** A local optimum must be better by more than rounding to count as another one. */
const GAIN = 1e-10;

/**
 * Basin hopping on what is known of the problem; each suggestion is a run of its own, begun at the parent or, every second time, at a
 * random point. A run ends with the first optimum better than the parent, or with its own best when nothing better comes.
 */
export class Hopping implements NumericStrategy {
  readonly id = "basin-hopping";
  readonly #problem: ConstrainedProblem;

  constructor(problem: ConstrainedProblem) {
    this.#problem = problem;
  }

  async *suggest(parent: readonly number[], { rng, signal }: SuggestContext): AsyncIterable<Suggestion> {
    const problem = this.#problem;
    if (problem.lower.length !== parent.length) {
      throw new UsageError({
        what: `the problem has ${problem.lower.length} variables and the file ${parent.length} numbers`,
        todo: "Make the description of the problem and the file agree: one variable per number, in the order of the file.",
      });
    }
    const known = problem.objective(parent);
    for (let run = 0; !signal.aborted; run++) {
      const fromParent = rng.uniform() < 0.5;
      const hopping = new BasinHopping({
        problem,
        rng: rng.child("run", run),
        ...(fromParent ? { initial: parent } : {}),
      });
      for (let stale = 0; stale < PATIENCE && !signal.aborted; stale++) {
        if (hopping.hop()) stale = 0;
        if ((hopping.best?.objective ?? Number.NEGATIVE_INFINITY) > known + GAIN) break;
        // Lets timers and signals through; a local solve takes tens of milliseconds.
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (hopping.best === null) continue;
      const exact =
        problem.repair === undefined ? Array.from(hopping.best.x) : problem.repair(Array.from(hopping.best.x));
      if (exact === null) continue;
      const start = fromParent ? "the parent" : "a random point";
      yield {
        values: exact,
        summary: `basin hopping from ${start}: ${hopping.best.objective.toPrecision(9)} after ${hopping.hops} local solves`,
      };
    }
  }
}
