import { scales } from "./strategy.ts";
import type { NumericStrategy, SuggestContext, Suggestion } from "./strategy.ts";

const TRIES = 100;

/**
 * Normal steps from the parent. Sizes are drawn anew each time, from a thousandth of a variable's scale to all of it, so nothing has to be
 * adapted or remembered. Mostly as many variables change as the request asks edits for, sometimes all.
 */
export class Gaussian implements NumericStrategy {
  readonly id = "gaussian";

  async *suggest(parent: readonly number[], { request, rng, signal }: SuggestContext): AsyncIterable<Suggestion> {
    const scale = scales(parent);
    for (let i = 0; i < TRIES && !signal.aborted; i++) {
      const size = 10 ** (-3 * rng.uniform());
      const all = rng.uniform() < 0.3;
      const chosen = new Set(
        all ? parent.keys() : rng.shuffle([...parent.keys()]).slice(0, Math.max(1, request.edits)),
      );
      const values = parent.map((value, j) =>
        chosen.has(j) ? value + size * (scale[j] as number) * rng.normal() : value,
      );
      yield {
        values,
        summary: `${chosen.size} of ${parent.length} numbers moved by about ${size.toPrecision(2)} of their size`,
      };
    }
  }
}
