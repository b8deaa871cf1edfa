import type { Rng } from "@pawl/core";
import { CmaDistribution } from "./cma-distribution.ts";

export interface Bounds {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface CmaEsOptions {
  readonly initial: readonly number[];
  /** Initial standard deviation of every coordinate, about a third of the distance to the optimum one expects. */
  readonly sigma: number;
  readonly bounds?: Bounds;
  /** Points per update; 4 + 3 ln n unless told. */
  readonly populationSize?: number;
  /** A lower limit on that; 4 unless told. */
  readonly leastPopulation?: number;
  readonly rng: Rng;
}

interface Sample {
  readonly x: Float64Array;
  /** How far it was moved to lie inside the bounds. */
  readonly distance: number;
}

/** Draws per point before one outside the bounds is moved to them and penalised. */
const RESAMPLES = 20;

/**
 * Maximises a function of n real variables: CMA-ES with rank-one and rank-mu updates, cumulative step-size control, and restarts with a
 * doubled population (Hansen 2016, "The CMA Evolution Strategy: A Tutorial", figure 6 and appendix A; Auger & Hansen 2005, IPOP).
 * `ask` for points, as many as can be judged at the same time, and `tell` what each is worth, in any order (higher is better; NaN and null
 * count as worst). Every `populationSize` of them make a generation; what is told later of an older one is not used.
 */
export class CmaEs {
  readonly #o: CmaEsOptions;
  readonly #n: number;
  #distribution: CmaDistribution;
  /** Points of the present distribution that were asked for and not told, by their coordinates. */
  readonly #open = new Map<string, Sample>();
  #judged: (Sample & { readonly fitness: number })[] = [];
  #best: { readonly x: readonly number[]; readonly fitness: number } | null = null;
  #restarts = 0;
  #evaluations = 0;

  constructor(options: CmaEsOptions) {
    if (options.initial.length === 0) throw new RangeError("CmaEs needs at least one variable");
    if (!(options.sigma > 0)) throw new RangeError(`sigma must be positive, got ${options.sigma}`);
    this.#o = options;
    this.#n = options.initial.length;
    const size = options.populationSize ?? 4 + Math.floor(3 * Math.log(this.#n));
    this.#distribution = new CmaDistribution(
      Float64Array.from(options.initial),
      options.sigma,
      Math.max(options.leastPopulation ?? 4, size),
    );
  }

  get best(): { readonly x: readonly number[]; readonly fitness: number } | null {
    return this.#best;
  }

  get populationSize(): number {
    return this.#distribution.size;
  }

  get restarts(): number {
    return this.#restarts;
  }

  get evaluations(): number {
    return this.#evaluations;
  }

  ask(): number[] {
    const sample = this.#sample();
    this.#open.set(sample.x.join(), sample);
    return Array.from(sample.x);
  }

  tell(x: readonly number[], fitness: number | null): void {
    const sample = this.#open.get(x.join());
    if (sample === undefined) return;
    this.#open.delete(x.join());
    this.#evaluations++;
    const value = fitness === null || Number.isNaN(fitness) ? Number.NEGATIVE_INFINITY : fitness;
    if (value > (this.#best?.fitness ?? Number.NEGATIVE_INFINITY)) this.#best = { x: [...x], fitness: value };
    this.#judged.push({ ...sample, fitness: value });
    if (this.#judged.length < this.#distribution.size) return;
    // Points that were moved to the bounds rank behind points of equal fitness that were drawn inside.
    const ranked = this.#judged.toSorted((a, b) => compare(b.fitness, a.fitness) || compare(a.distance, b.distance));
    this.#judged = [];
    this.#open.clear();
    this.#distribution.update(
      ranked.map((each) => each.x),
      ranked.map((each) => each.fitness),
    );
    if (this.#distribution.isFinished()) this.#restart();
  }

  #sample(): Sample {
    const { bounds, rng } = this.#o;
    let x = this.#distribution.sample(rng);
    if (bounds === undefined) return { x, distance: 0 };
    for (let tries = 1; tries < RESAMPLES && !isInside(x, bounds); tries++) x = this.#distribution.sample(rng);
    let distance = 0;
    for (let j = 0; j < x.length; j++) {
      const inside = Math.min(bounds.upper[j] as number, Math.max(bounds.lower[j] as number, x[j] as number));
      distance += Math.abs((x[j] as number) - inside);
      x[j] = inside;
    }
    return { x, distance };
  }

  /** Starts again with twice the population: from a random point of the bounds, or near the initial point where there are none. */
  #restart(): void {
    this.#restarts++;
    const { bounds, rng, initial, sigma } = this.#o;
    const mean = Float64Array.from(initial, (value, j) => {
      if (bounds === undefined) return value + 2 * sigma * rng.normal();
      return (bounds.lower[j] as number) + rng.uniform() * ((bounds.upper[j] as number) - (bounds.lower[j] as number));
    });
    this.#distribution = new CmaDistribution(mean, sigma, 2 * this.#distribution.size);
  }
}

function compare(a: number, b: number): number {
  // A difference would be NaN for equal infinities.
  return a === b ? 0 : a < b ? -1 : 1;
}

function isInside(x: Float64Array, bounds: Bounds): boolean {
  return x.every((value, j) => value >= (bounds.lower[j] as number) && value <= (bounds.upper[j] as number));
}
