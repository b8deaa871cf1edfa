import { featuresOf, type EditTraits, type PriorModel } from "./prior-model.ts";

/** All single edits of one faulty program, and which of them repair it. */
export interface ChoiceSet {
  readonly edits: readonly {
    readonly traits: EditTraits;
    readonly suspiciousness: number;
    readonly right: boolean;
  }[];
}

export interface FitOptions {
  /** Pull of an operator's weight towards 0, as the inverse variance of a normal prior. */
  readonly operatorPenalty?: number;
  /** The same for the features that all operators share. */
  readonly sharedPenalty?: number;
  readonly steps?: number;
}

const RATE = 0.1;
const MOMENTUM = 0.9;
const SCALE_MEMORY = 0.99;
const TINY = 1e-8;

/**
 * Conditional logit (McFadden 1974): the weights under which the right edits are likeliest among all edits of their own program, with a
 * normal prior on each weight; by Adam (Kingma & Ba 2015) on the whole set. Programs without a right edit say nothing and are skipped.
 */
export function fitPriorModel(sets: readonly ChoiceSet[], options: FitOptions = {}): PriorModel {
  const { operatorPenalty = 1, sharedPenalty = 0.05, steps = 200 } = options;
  const names = new Map<string, number>();
  const encoded = sets.filter((set) => set.edits.some((edit) => edit.right)).map((set) => encode(set, names));
  const weights = new Float64Array(names.size);
  const penalties = Float64Array.from(names.keys(), (name) =>
    name.startsWith("operator ") ? operatorPenalty : sharedPenalty,
  );
  const mean = new Float64Array(names.size);
  const square = new Float64Array(names.size);
  for (let step = 1; step <= steps; step++) {
    const gradient = weights.map((weight, i) => -(penalties[i] as number) * weight);
    for (const set of encoded) addGradient(set, weights, gradient);
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] as number;
      mean[i] = MOMENTUM * (mean[i] as number) + (1 - MOMENTUM) * slope;
      square[i] = SCALE_MEMORY * (square[i] as number) + (1 - SCALE_MEMORY) * slope * slope;
      const size = Math.sqrt((square[i] as number) / (1 - SCALE_MEMORY ** step)) + TINY;
      weights[i] = (weights[i] as number) + (RATE * (mean[i] as number)) / (1 - MOMENTUM ** step) / size;
    }
  }
  const rounded = [...names].map(([name, i]) => [name, Math.round((weights[i] as number) * 1e4) / 1e4] as const);
  return { version: 1, weights: Object.fromEntries(rounded.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

interface EncodedSet {
  /** Feature numbers and values, `width` a row. */
  readonly features: Int32Array;
  readonly values: Float64Array;
  readonly width: number;
  readonly right: Uint8Array;
}

function encode(set: ChoiceSet, names: Map<string, number>): EncodedSet {
  const rows = set.edits.map(({ traits, suspiciousness }) => featuresOf(traits, suspiciousness));
  const width = rows[0]?.length ?? 0;
  const features = new Int32Array(rows.length * width);
  const values = new Float64Array(rows.length * width);
  rows.flat().forEach(([name, value], at) => {
    const number = names.get(name) ?? names.size;
    names.set(name, number);
    features[at] = number;
    values[at] = value;
  });
  return { features, values, width, right: Uint8Array.from(set.edits, (edit) => Number(edit.right)) };
}

/** Adds the gradient of log P(one of the right edits is chosen). */
function addGradient(set: EncodedSet, weights: Float64Array, gradient: Float64Array): void {
  const { features, values, width, right } = set;
  const chances = new Float64Array(right.length);
  let highest = -Infinity;
  for (let row = 0; row < right.length; row++) {
    let score = 0;
    for (let at = row * width; at < (row + 1) * width; at++)
      score += (weights[features[at] as number] as number) * (values[at] as number);
    chances[row] = score;
    highest = Math.max(highest, score);
  }
  let all = 0;
  let good = 0;
  for (let row = 0; row < right.length; row++) {
    const chance = Math.exp((chances[row] as number) - highest);
    chances[row] = chance;
    all += chance;
    if (right[row] === 1) good += chance;
  }
  for (let row = 0; row < right.length; row++) {
    const chance = chances[row] as number;
    const pull = (right[row] === 1 ? chance / good : 0) - chance / all;
    for (let at = row * width; at < (row + 1) * width; at++) {
      const i = features[at] as number;
      gradient[i] = (gradient[i] as number) + pull * (values[at] as number);
    }
  }
}
