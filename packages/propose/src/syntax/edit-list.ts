import type { EditWeights, Rng } from "@pawl/core";
import type { SyntaxEdit } from "./types.ts";

/** An edit with its place and how much the prior believes in it. */
export interface RankedEdit {
  readonly path: string;
  readonly edit: SyntaxEdit;
  readonly suspiciousness: number;
  /** Log of its normalised probability among all single edits of the parent. */
  readonly logProbability: number;
  /** Order in which it was enumerated; breaks ties. */
  readonly index: number;
}

/** How sets of edits are drawn. */
export interface Draws {
  readonly temperature: number;
  readonly rng: Rng;
  readonly weights?: EditWeights;
  readonly tries?: number;
}

/** All single edits of one parent, best first, handed out once each; and pairs and triples of them. */
export class EditList {
  readonly #ranked: readonly RankedEdit[];
  /** Cumulative probabilities in ranked order, for sampling combinations. */
  readonly #cumulative: Float64Array;
  /** By `index`: handed out as a single edit. */
  readonly #given: Uint8Array;
  #next = 0;
  #sampledOrder: readonly RankedEdit[] | null = null;

  constructor(edits: readonly Omit<RankedEdit, "logProbability" | "index">[], logScores: readonly number[]) {
    let highest = -Infinity;
    for (const score of logScores) highest = Math.max(highest, score);
    let total = 0;
    for (const score of logScores) total += Math.exp(score - highest);
    const logTotal = highest + Math.log(total);
    this.#ranked = edits
      .map((edit, index) => ({
        ...edit,
        index,
        logProbability: (logScores[index] as number) - logTotal,
      }))
      .sort((a, b) => b.logProbability - a.logProbability || a.index - b.index);
    this.#cumulative = cumulative(this.#ranked);
    this.#given = new Uint8Array(this.#ranked.length);
  }

  get size(): number {
    return this.#ranked.length;
  }

  /**
   * Single edits not handed out before. Temperature 0 goes down the ranking; above it, the order is one drawn without replacement from
   * probability^(1/temperature) (Gumbel top-k), fixed at the first call. Weights make an order of their own, for this call alone.
   */
  *singles(temperature: number, rng: Rng, weights?: EditWeights): Generator<RankedEdit> {
    if (weights !== undefined) {
      const bent = withWeights(this.#ranked, weights);
      for (const edit of temperature <= 0 ? bent : gumbelOrder(bent, temperature, rng)) yield* this.#give(edit);
      return;
    }
    if (this.#sampledOrder === null)
      this.#sampledOrder = temperature <= 0 ? this.#ranked : gumbelOrder(this.#ranked, temperature, rng);
    while (this.#next < this.#sampledOrder.length) yield* this.#give(this.#sampledOrder[this.#next++] as RankedEdit);
  }

  /**
   * Sets of `count` edits whose places do not overlap, each edit drawn by probability^(1/temperature); temperature 0 draws as 1 does, for there
   * is no likeliest set to begin with. Ends after `tries` draws.
   */
  *combinations(count: number, { temperature, rng, weights, tries = 200 }: Draws): Generator<readonly RankedEdit[]> {
    const ranked = weights === undefined ? this.#ranked : withWeights(this.#ranked, weights);
    if (ranked.length < count) return;
    const sharpness = temperature <= 0 ? 1 : 1 / temperature;
    const sums = weights === undefined && sharpness === 1 ? this.#cumulative : cumulative(ranked, sharpness);
    for (let attempt = 0; attempt < tries; attempt++) {
      const chosen: RankedEdit[] = [];
      for (let draw = 0; chosen.length < count && draw < count * 8; draw++) {
        const edit = ranked[firstAbove(sums, rng.uniform() * (sums.at(-1) ?? 0))] as RankedEdit;
        if (chosen.every((other) => !overlap(other, edit))) chosen.push(edit);
      }
      if (chosen.length === count)
        yield chosen.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : firstStart(a) - firstStart(b)));
    }
  }

  *#give(edit: RankedEdit): Generator<RankedEdit> {
    if (this.#given[edit.index] === 1) return;
    this.#given[edit.index] = 1;
    yield edit;
  }
}

/** The same edits, best first, with the weights added to their logs (which then no longer sum to one); those ruled out are left out. */
function withWeights(ranked: readonly RankedEdit[], weights: EditWeights): readonly RankedEdit[] {
  const { byOperator = {}, byFaultClass = {}, byLine = {}, byEdit = {} } = weights;
  return ranked
    .flatMap((each): RankedEdit[] => {
      const { operator, faultClass, line } = each.edit;
      const place = `${each.path}:${line}`;
      const added =
        (byOperator[operator] ?? 0) +
        (byFaultClass[faultClass] ?? 0) +
        (byLine[place] ?? 0) +
        (byEdit[`${operator}@${place}`] ?? 0);
      return added === -Infinity ? [] : [{ ...each, logProbability: each.logProbability + added }];
    })
    .sort((a, b) => b.logProbability - a.logProbability || a.index - b.index);
}

function cumulative(ranked: readonly RankedEdit[], sharpness = 1): Float64Array {
  const sums = new Float64Array(ranked.length);
  let sum = 0;
  ranked.forEach(({ logProbability }, i) => {
    sum += Math.exp(logProbability * sharpness);
    sums[i] = sum;
  });
  return sums;
}

/** Position of the first of ascending sums that is above a value. */
function firstAbove(sums: Float64Array, wanted: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

function gumbelOrder(ranked: readonly RankedEdit[], temperature: number, rng: Rng): readonly RankedEdit[] {
  return ranked
    .map((edit) => ({ edit, key: edit.logProbability / temperature + rng.gumbel() }))
    .sort((a, b) => b.key - a.key)
    .map(({ edit }) => edit);
}

function firstStart(edit: RankedEdit): number {
  return edit.edit.replacements[0]?.start ?? 0;
}

/** True when the two touch a common place of the same file (insertions at the same point included). */
function overlap(a: RankedEdit, b: RankedEdit): boolean {
  if (a.path !== b.path) return false;
  return a.edit.replacements.some((x) => b.edit.replacements.some((y) => x.start <= y.end && y.start <= x.end));
}
