import type { Rng } from "@pawl/core";
import type { Bounds } from "./cma-es.ts";

export interface LocalSearchOptions {
  readonly initial: readonly number[];
  /** Initial standard deviation of a step. */
  readonly sigma: number;
  readonly bounds?: Bounds;
  readonly rng: Rng;
}

/** Factor after a success; four failures undo it, which holds the success rate near one fifth. */
const GROW = 1.5;

/**
 * The plain baseline for numeric problems: keep the best point, try one other at a time (Rechenberg's (1+1) strategy with the one-fifth
 * rule, as in Kern et al. 2004). Every second trial changes a single coordinate, which has a step size of its own. Maximises; one point per `ask`.
 */
export class LocalSearch {
  readonly #o: LocalSearchOptions;
  readonly #coordinateSigma: Float64Array;
  #sigma: number;
  #current: { readonly x: readonly number[]; readonly fitness: number } | null = null;
  /** Coordinate that the pending trial changes; −1 for all. */
  #pending: { readonly x: readonly number[]; readonly coordinate: number } | null = null;
  #trials = 0;

  constructor(options: LocalSearchOptions) {
    if (!(options.sigma > 0)) throw new RangeError(`sigma must be positive, got ${options.sigma}`);
    this.#o = options;
    this.#sigma = options.sigma;
    this.#coordinateSigma = new Float64Array(options.initial.length).fill(options.sigma);
  }

  get best(): { readonly x: readonly number[]; readonly fitness: number } | null {
    return this.#current;
  }

  /** A list of one point; the same one until it is told. The first is the initial point. */
  ask(): number[][] {
    this.#pending ??= this.#next();
    return [[...this.#pending.x]];
  }

  tell(fitness: readonly (number | null)[]): void {
    if (this.#pending === null || fitness.length !== 1)
      throw new RangeError("tell takes one value for the point asked");
    const { x, coordinate } = this.#pending;
    this.#pending = null;
    const given = fitness[0] ?? Number.NaN;
    const value = Number.isNaN(given) ? Number.NEGATIVE_INFINITY : given;
    if (this.#current === null) {
      this.#current = { x, fitness: value };
      return;
    }
    const better = value > this.#current.fitness;
    const factor = better ? GROW : GROW ** -0.25;
    if (coordinate < 0) this.#sigma *= factor;
    else this.#coordinateSigma[coordinate] = (this.#coordinateSigma[coordinate] as number) * factor;
    if (value >= this.#current.fitness) this.#current = { x, fitness: value };
  }

  #next(): { x: readonly number[]; coordinate: number } {
    const { rng, initial, bounds } = this.#o;
    if (this.#current === null) return { x: initial, coordinate: -1 };
    this.#trials++;
    const coordinate = this.#trials % 2 === 0 ? rng.int(initial.length) : -1;
    const x = this.#current.x.map((value, j) => {
      if (coordinate >= 0 && j !== coordinate) return value;
      const sigma = coordinate < 0 ? this.#sigma : (this.#coordinateSigma[j] as number);
      const moved = value + sigma * rng.normal();
      return bounds === undefined
        ? moved
        : Math.min(bounds.upper[j] as number, Math.max(bounds.lower[j] as number, moved));
    });
    return { x, coordinate };
  }
}
