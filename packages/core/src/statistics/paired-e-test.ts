import { normalQuantile } from "./normal.ts";
import { wilsonInterval } from "./wilson.ts";

export interface PairedETestOptions {
  /** Probability of ever saying "better" when it is not, in (0, 1). */
  readonly alpha: number;
  /** The challenger must be ahead by more than this, in the units of the score; 0 unless told. */
  readonly minGain?: number;
  /** After this many pairs without proof the answer is "not-better"; 100 unless told. */
  readonly maxPairs?: number;
  /**
   * What "not better" means, and so what the error bound assumes of the differences d = challenger − incumbent − minGain:
   * `symmetric` (default): given its size and the past, d is no likelier positive than negative. True whenever the two are interchangeable
   * within a pair (the challenger changes nothing), and for any noise that is symmetric around a difference of at most 0.
   * `median`: only that d is no likelier positive than negative given the past. Assumes less, and needs about a quarter more pairs when the noise is normal.
   * Neither assumes a variance, a bound or a shape of the noise; both need pairs that are measured fresh.
   */
  readonly nullHypothesis?: "symmetric" | "median";
}

export type PairedDecision = "better" | "not-better" | "undecided";

/**
 * Sequential test for paired scores, higher is better: looking after every pair is allowed.
 *
 * A gambler bets a fraction of the stake on "d is positive", at even odds. Under the null no bet has positive expectation, so the stake
 * is a nonnegative supermartingale from 1, and by Ville's inequality it ever reaches 1/alpha with probability at most alpha (betting
 * e-processes: Waudby-Smith & Ramdas 2024, "Estimating means of bounded random variables by betting"; Ramdas et al. 2023, section 5 on
 * symmetry). The fraction may depend on |d| and the past but not on the sign: here a fixed fraction, and a fraction that
 * grows with the rank of |d| among those seen so far, so that large differences count more (a sequential signed-rank test). The stake is spread
 * over a grid of both kinds, which is again such a process. Differences of exactly 0 leave it as it is: ties are not gains.
 *
 * "not-better" is a decision to stop paying, and has no error bound of its own: the same wager on the other side has paid, or nothing but ties came, or even a win
 * rate at the top of its confidence interval would not pay by maxPairs.
 */
export class PairedETest {
  readonly #alpha: number;
  readonly #minGain: number;
  readonly #maxPairs: number;
  readonly #bettors: readonly Bettor[];
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  /** |d| seen so far, ascending. */
  readonly #sizes: number[] = [];
  #pairs = 0;
  #wins = 0;
  #losses = 0;
  #decision: PairedDecision = "undecided";

  constructor(options: PairedETestOptions) {
    const { alpha, minGain = 0, maxPairs = 100, nullHypothesis = "symmetric" } = options;
    if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must be in (0, 1), got ${alpha}`);
    if (!(minGain >= 0)) throw new RangeError(`minGain must be at least 0, got ${minGain}`);
    this.#alpha = alpha;
    this.#minGain = minGain;
    this.#maxPairs = maxPairs;
    this.#bettors = nullHypothesis === "median" ? FIXED : [...FIXED, ...BY_RANK];
    this.#forward = new Float64Array(this.#bettors.length);
    this.#backward = new Float64Array(this.#bettors.length);
  }

  /** Scores of one pair. Infinite scores are fine, NaN is a RangeError. After a decision further pairs are ignored. */
  add(incumbent: number, challenger: number): void {
    if (Number.isNaN(incumbent) || Number.isNaN(challenger)) throw new RangeError("a score that is not a number");
    if (this.#decision !== "undecided") return;
    this.#pairs++;
    // Equal infinities are a tie, and their difference would be NaN.
    const difference = incumbent === challenger ? -this.#minGain : challenger - incumbent - this.#minGain;
    if (difference !== 0) this.#settle(difference);
    this.#decision = this.#decide();
  }

  state(): PairedDecision {
    return this.#decision;
  }

  /** Evidence that the challenger is better: the stake now. 1/eValue (at most 1) is a p-value, whenever one chooses to stop. */
  get eValue(): number {
    return Math.exp(logMean(this.#forward));
  }

  /** Pairs that counted. */
  get pairs(): number {
    return this.#pairs;
  }

  #settle(difference: number): void {
    const sign = difference > 0 ? 1 : -1;
    if (sign > 0) this.#wins++;
    else this.#losses++;
    const size = Math.abs(difference);
    const place = upperBound(this.#sizes, size);
    this.#sizes.splice(place, 0, size);
    const rank = (place + 0.5) / this.#sizes.length;
    for (const [i, bettor] of this.#bettors.entries()) {
      const fraction = bettor(rank);
      this.#forward[i] = (this.#forward[i] as number) + Math.log1p(sign * fraction);
      this.#backward[i] = (this.#backward[i] as number) + Math.log1p(-sign * fraction);
    }
  }

  #decide(): PairedDecision {
    const needed = -Math.log(this.#alpha);
    const evidence = logMean(this.#forward);
    if (evidence >= needed) return "better";
    if (this.#pairs >= this.#maxPairs) return "not-better";
    if (logMean(this.#backward) >= Math.log(FUTILITY_ODDS)) return "not-better";
    if (this.#pairs < FEWEST_FOR_FUTILITY) return "undecided";
    const ties = this.#pairs - this.#wins - this.#losses;
    if (ties === this.#pairs) return "not-better";
    const rate = wilsonInterval(this.#wins + ties / 2, this.#pairs, 0.8).high;
    const reachable = evidence + (this.#maxPairs - this.#pairs) * growth(rate) * RANK_EFFICIENCY;
    return reachable < needed ? "not-better" : "undecided";
  }
}

/** Fraction of the stake on "positive", from the rank of |d| in (0, 1). */
type Bettor = (rank: number) => number;

const FIXED: readonly Bettor[] = [0.1, 0.25, 0.45, 0.65, 0.82, 0.95].map((fraction) => () => fraction);

/**
 * For normal noise the best fraction is tanh(μ|d|/σ²); the half-normal quantile of the rank stands for |d|/σ, the slope for μ/σ.
 * Capped below 1, so that no single loss takes the whole stake.
 */
const BY_RANK: readonly Bettor[] = [0.1, 0.25, 0.5, 1, 2, 4].map(
  (slope) => (rank: number) => Math.min(0.98, Math.tanh(slope * normalQuantile((1 + rank) / 2))),
);

const FUTILITY_ODDS = 5;
const FEWEST_FOR_FUTILITY = 8;
/** A win rate says less than ranks do: for normal noise by the factor π/2 (relative efficiency of the sign test). */
const RANK_EFFICIENCY = Math.PI / 2;

/** Best growth per pair, in nats, for a gambler at even odds who wins at this rate (Kelly 1956). */
function growth(rate: number): number {
  if (rate <= 0.5) return 0;
  return Math.LN2 + rate * Math.log(rate) + (rate === 1 ? 0 : (1 - rate) * Math.log(1 - rate));
}

function upperBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Logarithm of the mean of exp(values). */
function logMean(values: Float64Array): number {
  const top = Math.max(...values);
  let total = 0;
  for (const value of values) total += Math.exp(value - top);
  return top + Math.log(total / values.length);
}
