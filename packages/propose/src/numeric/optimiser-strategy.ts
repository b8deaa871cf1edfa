import { scales } from "./strategy.ts";
import type { NumericStrategy, SuggestContext, Suggestion } from "./strategy.ts";

/** An optimiser that maximises, such as CmaEs or LocalSearch of the search room. */
export interface VectorOptimiser {
  /** One more point to judge. */
  ask(): number[];
  /** What a point that it asked for is worth, in any order; some are never told. */
  tell(x: readonly number[], fitness: number | null): void;
}

export interface OptimiserOptions {
  readonly id: string;
  /** The numbers of the base file. */
  readonly initial: readonly number[];
  /** What a vector becomes when it is written (whole numbers are rounded), so that it is known again when its fitness arrives. */
  readonly written: (values: readonly number[]) => number[];
  /** Makes the optimiser for n variables that start at 0 and are measured in their own scale. */
  readonly optimiser: (start: readonly number[]) => VectorOptimiser;
}

/** Points that are known or refused in a row after which there is nothing to suggest. */
const MOST_TRIES = 1000;

/** Vectors that an optimiser wants to know about, whatever the parent. What was judged before (rounding makes that common) it is told at once. */
export class OptimiserStrategy implements NumericStrategy {
  readonly id: string;
  readonly #o: OptimiserOptions;
  readonly #scale: readonly number[];
  readonly #optimiser: VectorOptimiser;
  /** The optimiser's own point for each vector that waits for its fitness. */
  readonly #waiting = new Map<string, readonly number[]>();
  readonly #known = new Map<string, number | null>();
  #asked = 0;

  constructor(options: OptimiserOptions) {
    this.id = options.id;
    this.#o = options;
    this.#scale = scales(options.initial);
    this.#optimiser = options.optimiser(options.initial.map(() => 0));
  }

  async *suggest(parent: readonly number[], { parentFitness }: SuggestContext): AsyncIterable<Suggestion> {
    const { initial, written } = this.#o;
    if (parent.length !== initial.length) return;
    if (parentFitness !== null) this.#known.set(parent.join(), parentFitness);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const point = this.#optimiser.ask();
      const values = written(point.map((step, j) => (initial[j] as number) + step * (this.#scale[j] as number)));
      const known = this.#known.get(values.join());
      if (known !== undefined) {
        this.#optimiser.tell(point, known);
        continue;
      }
      this.#waiting.set(values.join(), point);
      yield { values, summary: `${this.id}: point ${++this.#asked}` };
    }
  }

  tell(values: readonly number[], fitness: number | null): void {
    const key = values.join();
    this.#known.set(key, fitness);
    const point = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (point !== undefined) this.#optimiser.tell(point, fitness);
  }
}
