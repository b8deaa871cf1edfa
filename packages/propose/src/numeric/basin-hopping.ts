import type { ConstrainedProblem, Rng } from "@pawl/core";
import { sequentialLinear } from "./sequential-linear.ts";
import type { LocalOptimum } from "./sequential-linear.ts";

export interface BasinHoppingOptions {
  readonly problem: ConstrainedProblem;
  readonly rng: Rng;
  /** Where to begin; a fresh random point unless told. */
  readonly initial?: ArrayLike<number>;
  /** Hops without a gain in the present valley after which it starts afresh; 150 unless told. */
  readonly patience?: number;
}

/** Largest violation at which a local optimum counts as valid up to rounding. */
const VALID = 1e-9;

/**
 * Basin hopping (Wales & Doye 1997): change the present local optimum, solve again, keep the better one. The changes know nothing but the
 * groups of variables: redraw one to three of them, exchange two, or shift them all a little.
 */
export class BasinHopping {
  readonly #problem: ConstrainedProblem;
  readonly #rng: Rng;
  readonly #patience: number;
  #current: LocalOptimum | null = null;
  #best: LocalOptimum | null = null;
  #start: ArrayLike<number> | null;
  #stale = 0;
  #hops = 0;

  constructor(options: BasinHoppingOptions) {
    this.#problem = options.problem;
    this.#rng = options.rng;
    this.#patience = options.patience ?? 150;
    this.#start = options.initial ?? null;
  }

  /** Best local optimum so far that is valid up to rounding. */
  get best(): LocalOptimum | null {
    return this.#best;
  }

  /** Local optimum that the next change starts from; null just before a fresh start. */
  get current(): LocalOptimum | null {
    return this.#current;
  }

  /** Local solves so far. */
  get hops(): number {
    return this.#hops;
  }

  /** One change and one local solve. True when `best` became better. */
  hop(): boolean {
    this.#hops++;
    const start = this.#current === null ? (this.#start ?? this.#fresh()) : this.#changed(this.#current.x);
    this.#start = null;
    const found = sequentialLinear(
      this.#problem,
      start,
      this.#current === null ? {} : { aspire: this.#current.objective },
    );
    const valid = found.violation <= VALID;
    if (valid && (this.#current === null || found.objective > this.#current.objective + 1e-10)) {
      this.#current = found;
      this.#stale = 0;
    } else if (++this.#stale >= this.#patience) {
      this.#current = null;
      this.#stale = 0;
    }
    if (!valid || (this.#best !== null && found.objective <= this.#best.objective)) return false;
    this.#best = found;
    return true;
  }

  #fresh(): Float64Array {
    return Float64Array.from(this.#problem.lower, (_, j) => this.#draw(j));
  }

  #draw(j: number): number {
    const { lower, upper } = this.#problem.fresh ?? this.#problem;
    return (lower[j] as number) + this.#rng.uniform() * ((upper[j] as number) - (lower[j] as number));
  }

  #changed(from: Float64Array): Float64Array {
    const x = Float64Array.from(from);
    const { groups, lower, upper } = this.#problem;
    const kind = this.#rng.weighted(groups.length > 1 ? [5, 2, 1] : [1, 0, 1]);
    if (kind === 0) {
      const count = Math.min(groups.length, 1 + this.#rng.int(3));
      for (const group of this.#rng.shuffle(groups).slice(0, count)) for (const j of group) x[j] = this.#draw(j);
    } else if (kind === 1) {
      const [a, b] = this.#rng.shuffle(groups) as [readonly number[], readonly number[]];
      exchange(x, a, b, this.#rng);
    } else {
      const scale = 0.1 * this.#rng.uniform();
      for (let j = 0; j < x.length; j++) {
        x[j] = (x[j] as number) + scale * ((upper[j] as number) - (lower[j] as number)) * this.#rng.normal();
      }
    }
    return x;
  }
}

/** Exchanges one corresponding variable of two groups: two circles trade radii, or two points their height. */
function exchange(x: Float64Array, a: readonly number[], b: readonly number[], rng: Rng): void {
  const k = rng.int(Math.min(a.length, b.length));
  const [i, j] = [a[k] as number, b[k] as number];
  [x[i], x[j]] = [x[j] as number, x[i] as number];
}
