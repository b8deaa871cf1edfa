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

/** The edits that weights leave, best first, as positions in the ranking; and the log of each, by position. */
interface Order {
  readonly positions: Uint32Array;
  /** With weights they no longer sum to one. */
  readonly logs: Float64Array;
}

/** Mostly the first few of an order are asked for: the rest is sorted when it is. */
const SORTED_FIRST = 256;

/** All single edits of one parent, best first, handed out once each; and pairs and triples of them. */
export class EditList {
  readonly #ranked: readonly RankedEdit[];
  /** The ranking itself. */
  readonly #own: Order;
  /** Cumulative probabilities in ranked order, for sampling combinations. */
  readonly #cumulative: Float64Array;
  /** By `index`: handed out as a single edit. */
  readonly #given: Uint8Array;
  /** Of requests without weights, where the last one left it. */
  #sampled: Iterator<number, void> | null = null;

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
    this.#own = {
      positions: Uint32Array.from(this.#ranked, (_, at) => at),
      logs: Float64Array.from(this.#ranked, ({ logProbability }) => logProbability),
    };
    this.#cumulative = cumulative(this.#own);
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
    const order = weights === undefined ? this.#own : this.#withWeights(weights);
    const drawn =
      weights === undefined
        ? (this.#sampled ??= this.#drawn(order, temperature, rng))
        : this.#drawn(order, temperature, rng);
    for (let next = drawn.next(); next.done !== true; next = drawn.next()) {
      const edit = this.#edit(next.value, order);
      if (this.#given[edit.index] === 1) continue;
      this.#given[edit.index] = 1;
      yield edit;
    }
  }

  /**
   * Sets of `count` edits whose places do not overlap, each edit drawn by probability^(1/temperature); temperature 0 draws as 1 does, for there
   * is no likeliest set to begin with. Ends after `tries` draws.
   */
  *combinations(count: number, { temperature, rng, weights, tries = 200 }: Draws): Generator<readonly RankedEdit[]> {
    const order = weights === undefined ? this.#own : this.#withWeights(weights);
    const { positions } = order;
    if (positions.length < count) return;
    const sharpness = temperature <= 0 ? 1 : 1 / temperature;
    const sums = order === this.#own && sharpness === 1 ? this.#cumulative : cumulative(order, sharpness);
    for (let attempt = 0; attempt < tries; attempt++) {
      const chosen: RankedEdit[] = [];
      for (let draw = 0; chosen.length < count && draw < count * 8; draw++) {
        const at = positions[firstAbove(sums, rng.uniform() * (sums.at(-1) ?? 0))] as number;
        const edit = this.#edit(at, order);
        if (chosen.every((other) => !overlap(other, edit))) chosen.push(edit);
      }
      if (chosen.length === count)
        yield chosen.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : firstStart(a) - firstStart(b)));
    }
  }

  #edit(at: number, { logs }: Order): RankedEdit {
    const edit = this.#ranked[at] as RankedEdit;
    return logs === this.#own.logs ? edit : { ...edit, logProbability: logs[at] as number };
  }

  /** The same edits, best first, with the weights added to their logs; those ruled out are left out. */
  #withWeights(weights: EditWeights): Order {
    const { byOperator = {}, byFaultClass = {}, byLine = {}, byEdit = {} } = weights;
    // Weights that say nothing are common: they make a drawn order be drawn anew.
    if ([byOperator, byFaultClass, byLine, byEdit].every((each) => Object.keys(each).length === 0)) return this.#own;
    // A place is named only where a line with its number has a weight.
    const weighted = new Set([...Object.keys(byLine), ...Object.keys(byEdit)].map(lineOf));
    const logs = new Float64Array(this.#ranked.length);
    const positions = new Uint32Array(this.#ranked.length);
    let left = 0;
    this.#ranked.forEach(({ path, edit: { operator, faultClass, line }, logProbability }, at) => {
      let added = (byOperator[operator] ?? 0) + (byFaultClass[faultClass] ?? 0);
      if (weighted.has(line)) {
        const place = `${path}:${line}`;
        added = added + (byLine[place] ?? 0) + (byEdit[`${operator}@${place}`] ?? 0);
      }
      if (added === -Infinity) return;
      logs[at] = logProbability + added;
      positions[left++] = at;
    });
    const indexOf = (at: number): number => (this.#ranked[at] as RankedEdit).index;
    return {
      positions: positions
        .subarray(0, left)
        .sort((a, b) => (logs[b] as number) - (logs[a] as number) || indexOf(a) - indexOf(b)),
      logs,
    };
  }

  /** Positions in the order that a temperature draws, those not handed out. */
  *#drawn({ positions, logs }: Order, temperature: number, rng: Rng): Generator<number, void> {
    if (temperature <= 0) return yield* positions;
    const keys = new Float64Array(this.#ranked.length);
    // Also for those handed out, so that what is drawn for the others does not depend on them.
    for (const at of positions) keys[at] = (logs[at] as number) / temperature + rng.gumbel();
    const open = positions.filter((at) => this.#given[(this.#ranked[at] as RankedEdit).index] === 0);
    const ascending = Float64Array.from(open, (at) => keys[at] as number).sort();
    const enough = ascending[Math.max(0, ascending.length - SORTED_FIRST)] as number;
    for (const part of [
      open.filter((at) => (keys[at] as number) >= enough),
      // Not "below": a key that is no number (an impossible edit at an infinite temperature) must not get lost.
      open.filter((at) => !((keys[at] as number) >= enough)),
    ])
      // Stable: among equals the order stays.
      yield* part.sort((a, b) => (keys[b] as number) - (keys[a] as number));
  }
}

/** Of a place, `path:line`, or an edit, `operator@path:line`. */
function lineOf(place: string): number {
  return Number(place.slice(place.lastIndexOf(":") + 1));
}

function cumulative({ positions, logs }: Order, sharpness = 1): Float64Array {
  let sum = 0;
  return Float64Array.from(positions, (at) => (sum += Math.exp((logs[at] as number) * sharpness)));
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

function firstStart(edit: RankedEdit): number {
  return edit.edit.replacements[0]?.start ?? 0;
}

/** True when the two touch a common place of the same file (insertions at the same point included). */
function overlap(a: RankedEdit, b: RankedEdit): boolean {
  if (a.path !== b.path) return false;
  return a.edit.replacements.some((x) => b.edit.replacements.some((y) => x.start <= y.end && y.start <= x.end));
}
