import { UsageError, type ConstrainedProblem, type Rng } from "@pawl/core";
import { BasinHopping } from "./basin-hopping.ts";
import type { NumericStrategy, SuggestContext, Suggestion } from "./strategy.ts";

/** Local solves after which a suggestion is due, better or not: the budget is looked at between suggestions. */
const MOST_SOLVES = 150;
/** A local optimum must be better by more than rounding to count as another one. */
const GAIN = 1e-10;

/**
 * Basin hopping on what is known of the problem: one search that goes on from suggestion to suggestion, whatever the parent. It begins at the
 * numbers of the file. Each suggestion is the best local optimum so far, or that of the present valley when no better one came.
 */
export class Hopping implements NumericStrategy {
  readonly id = "basin-hopping";
  readonly #problem: ConstrainedProblem;
  readonly #rng: Rng;
  #hopping: BasinHopping | null = null;
  #suggested = Number.NEGATIVE_INFINITY;

  constructor(problem: ConstrainedProblem, rng: Rng) {
    this.#problem = problem;
    this.#rng = rng;
  }

  async *suggest(parent: readonly number[], { signal }: SuggestContext): AsyncIterable<Suggestion> {
    const problem = this.#problem;
    if (problem.lower.length !== parent.length) {
      throw new UsageError({
        what: `the problem has ${problem.lower.length} variables and the file ${parent.length} numbers`,
        todo: "Make the description of the problem and the file agree: one variable per number, in the order of the file.",
      });
    }
    this.#hopping ??= new BasinHopping({ problem, rng: this.#rng, initial: parent });
    const hopping = this.#hopping;
    while (!signal.aborted) {
      for (let solves = 0; solves < MOST_SOLVES && !signal.aborted; solves++) {
        hopping.hop();
        if ((hopping.best?.objective ?? Number.NEGATIVE_INFINITY) > this.#suggested + GAIN) break;
        // Lets timers and signals through; a local solve takes milliseconds.
        await new Promise((resolve) => setImmediate(resolve));
      }
      const { best, current } = hopping;
      const better = best !== null && best.objective > this.#suggested + GAIN;
      const chosen = better ? best : current;
      if (chosen === null) continue;
      if (better) this.#suggested = best.objective;
      const exact = problem.repair === undefined ? Array.from(chosen.x) : problem.repair(Array.from(chosen.x));
      if (exact === null) continue;
      yield {
        values: exact,
        summary: `basin hopping: ${chosen.objective.toPrecision(9)} after ${hopping.hops} local solves`,
      };
    }
  }
}
