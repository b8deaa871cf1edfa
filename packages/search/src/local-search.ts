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
 * The plain baseline for numeric problems: keep the best point, try others around it (Rechenberg's (1+1) strategy with the one-fifth
 * rule, as in Kern et al. 2004). Every second trial changes a single coordinate, which has a step size of its own. Maximises; the first
 * point is the initial one. Several points may be asked for before one is told, and they may be told in any order.
 */
export class LocalSearch {
  readonly #o: LocalSearchOptions;
  readonly #coordinateSigma: Float64Array;
  #sigma: number;
  #current: { readonly x: readonly number[]; readonly fitness: number } | null = null;
  /** Coordinate that each open trial changes, −1 for all. */
  readonly #open = new Map<string, number>();
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

  ask(): number[] {
    const { rng, initial, bounds } = this.#o;
    const coordinate = this.#trials % 2 === 1 ? rng.int(initial.length) : -1;
    const x = (this.#current?.x ?? initial).map((value, j) => {
      if (this.#trials === 0 || (coordinate >= 0 && j !== coordinate)) return value;
      const sigma = coordinate < 0 ? this.#sigma : (this.#coordinateSigma[j] as number);
      const moved = value + sigma * rng.normal();
      return bounds === undefined
        ? moved
        : Math.min(bounds.upper[j] as number, Math.max(bounds.lower[j] as number, moved));
    });
    this.#trials++;
    this.#open.set(x.join(), coordinate);
    return x;
  }

  tell(x: readonly number[], fitness: number | null): void {
    const coordinate = this.#open.get(x.join());
    if (coordinate === undefined) return;
    this.#open.delete(x.join());
    const value = fitness === null || Number.isNaN(fitness) ? Number.NEGATIVE_INFINITY : fitness;
    if (this.#current === null) {
      this.#current = { x: [...x], fitness: value };
      return;
    }
    const factor = value > this.#current.fitness ? GROW : GROW ** -0.25;
    if (coordinate < 0) this.#sigma *= factor;
    else this.#coordinateSigma[coordinate] = (this.#coordinateSigma[coordinate] as number) * factor;
    if (value >= this.#current.fitness) this.#current = { x: [...x], fitness: value };
  }
}
