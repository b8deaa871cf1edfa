import type { Rng } from "@pawl/core";

/** What is known of an arm: sums over its tries, each worth less the longer ago it was. */
export interface ArmRecord {
  readonly tries: number;
  /** Of rewards from 0 to 1. */
  readonly reward: number;
  /** In whatever unit the tries cost. */
  readonly cost: number;
}

export type BanditState = Readonly<Record<string, ArmRecord>>;

export interface BanditOptions {
  readonly arms: readonly string[];
  /** What is known from earlier; arms that are not named in it start without experience. */
  readonly state?: BanditState;
  /** What a try is worth after another one was told. */
  readonly discount?: number;
}

const NOTHING: ArmRecord = { tries: 0, reward: 0, cost: 0 };

/**
 * Chooses between ways to spend a budget: each arm gets the share of the choices that matches the probability that it gives the most reward
 * per unit of cost (Thompson sampling with the ratio of Xia et al. 2015, "Thompson Sampling for Budgeted Multi-Armed Bandits"; the
 * discount of Raj and Kalyani 2017). Deterministic in what it was told and in the generator it is given.
 */
export class Bandit {
  readonly arms: readonly string[];
  readonly #discount: number;
  readonly #records: Map<string, ArmRecord>;

  constructor({ arms, state = {}, discount = 0.998 }: BanditOptions) {
    if (arms.length === 0) throw new RangeError("a bandit needs at least one arm");
    this.arms = arms;
    this.#discount = discount;
    this.#records = new Map(arms.map((arm) => [arm, state[arm] ?? NOTHING]));
  }

  /** `allowed`: arms that are not ruled out for this choice; all when left out. */
  choose(rng: Rng, allowed: readonly string[] = this.arms): string {
    let best: { readonly arm: string; readonly value: number } | null = null;
    const usual = this.#usualCost();
    for (const arm of allowed) {
      const { tries, reward, cost } = this.#of(arm);
      const rate = sampleBeta(1 + reward, 1 + Math.max(0, tries - reward), rng);
      // One try at the usual cost beside those that were seen.
      const value = rate / ((cost + usual) / (tries + 1));
      if (best === null || value > best.value) best = { arm, value };
    }
    if (best === null) throw new RangeError("no arm is allowed");
    return best.arm;
  }

  /** `reward` from 0 to 1; `cost` above 0. */
  tell(arm: string, reward: number, cost: number): void {
    if (!(reward >= 0 && reward <= 1 && cost > 0)) throw new RangeError(`reward ${reward} at cost ${cost}`);
    for (const [each, { tries, reward: sum, cost: spent }] of this.#records)
      this.#records.set(each, {
        tries: tries * this.#discount,
        reward: sum * this.#discount,
        cost: spent * this.#discount,
      });
    const known = this.#of(arm);
    this.#records.set(arm, { tries: known.tries + 1, reward: known.reward + reward, cost: known.cost + cost });
  }

  state(): BanditState {
    return Object.fromEntries(this.#records);
  }

  #of(arm: string): ArmRecord {
    const record = this.#records.get(arm);
    if (record === undefined) throw new RangeError(`there is no arm '${arm}'`);
    return record;
  }

  /** Mean cost of a try over all arms; 1 before the first. */
  #usualCost(): number {
    let tries = 0;
    let cost = 0;
    for (const each of this.#records.values()) {
      tries += each.tries;
      cost += each.cost;
    }
    return tries === 0 ? 1 : cost / tries;
  }
}

function sampleBeta(a: number, b: number, rng: Rng): number {
  const x = sampleGamma(a, rng);
  return x / (x + sampleGamma(b, rng));
}

/** Marsaglia and Tsang 2000, "A simple method for generating gamma variables", for shapes of at least 1. */
function sampleGamma(shape: number, rng: Rng): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(rng.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
