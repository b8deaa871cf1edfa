import type { EditNote } from "@pawl/core";
import { modelScore, type EditTraits, type PriorModel } from "./prior-model.ts";

/** [successes, trials] */
type Count = readonly [number, number];

/** Experience as plain data, so that it can be stored, added up and reset. */
export interface PriorCounts {
  readonly version: 1;
  readonly operators: Readonly<Record<string, Count>>;
  /** By `operator|nodeKind`. */
  readonly kinds: Readonly<Record<string, Count>>;
  /** By suspiciousness, in ten bins of equal width. */
  readonly suspiciousness: readonly Count[];
  /** By the operator's own weight for the alternative, in five bins. */
  readonly weights: readonly Count[];
}

const SUSPICION_BINS = 10;
const WEIGHT_BINS = 5;
/** Pseudo-trials with which a rarer count is drawn towards the more general one. */
const BACKOFF_OPERATOR = 200;
const BACKOFF_KIND = 60;
const BACKOFF_BIN = 40;

export function emptyCounts(): PriorCounts {
  return {
    version: 1,
    operators: {},
    kinds: {},
    suspiciousness: Array.from({ length: SUSPICION_BINS }, () => [0, 0] as const),
    weights: Array.from({ length: WEIGHT_BINS }, () => [0, 0] as const),
  };
}

/**
 * How likely an edit is to be the right one: a model trained beforehand, corrected by experience. Experience is counted by operator, by
 * operator and node kind, by suspiciousness and by the operator's own weight; each count's success rate, drawn towards the more general
 * one, multiplies the model's odds (naive Bayes). With no experience the model has the only word.
 */
export class Prior {
  readonly #model: PriorModel;
  readonly #operators = new Map<string, [number, number]>();
  readonly #kinds = new Map<string, [number, number]>();
  readonly #suspiciousness: [number, number][];
  readonly #weights: [number, number][];
  #successes = 0;
  #trials = 0;

  /** Adds up experience from several sources (the user's, the project's). */
  constructor(model: PriorModel, ...sources: readonly PriorCounts[]) {
    this.#model = model;
    this.#suspiciousness = Array.from({ length: SUSPICION_BINS }, () => [0, 0]);
    this.#weights = Array.from({ length: WEIGHT_BINS }, () => [0, 0]);
    for (const source of sources) {
      for (const [operator, count] of Object.entries(source.operators)) {
        add(this.#operators, operator, count);
        this.#successes += count[0];
        this.#trials += count[1];
      }
      for (const [kind, count] of Object.entries(source.kinds)) add(this.#kinds, kind, count);
      source.suspiciousness.forEach((count, bin) => bump(this.#suspiciousness[bin], count));
      source.weights.forEach((count, bin) => bump(this.#weights[bin], count));
    }
  }

  /** Log of the (unnormalised) probability that this edit is right. */
  logScore(edit: EditTraits, suspiciousness: number): number {
    const model = modelScore(this.#model, edit, suspiciousness);
    if (this.#successes === 0) return model;
    const overall = this.#successes / this.#trials;
    const operatorRate = drawn(this.#operators.get(edit.operator), BACKOFF_OPERATOR, overall);
    const kindRate = drawn(this.#kinds.get(kindKey(edit.operator, edit.nodeKind)), BACKOFF_KIND, operatorRate);
    const suspicionRate = drawn(this.#suspiciousness[suspicionBin(suspiciousness)], BACKOFF_BIN, overall);
    const weightRate = drawn(this.#weights[weightBin(edit.weight)], BACKOFF_BIN, overall);
    return model + Math.log((kindRate * suspicionRate * weightRate) / overall ** 3);
  }

  /** One verdict about one edit. `credit` from 0 (no use) to 1 (this was the fix). */
  learn(note: Pick<EditNote, "operator" | "nodeKind" | "suspiciousness" | "weight">, credit: number): void {
    const count: Count = [credit, 1];
    add(this.#operators, note.operator, count);
    add(this.#kinds, kindKey(note.operator, note.nodeKind), count);
    bump(this.#suspiciousness[suspicionBin(note.suspiciousness)], count);
    bump(this.#weights[weightBin(note.weight)], count);
    this.#successes += credit;
    this.#trials += 1;
  }

  counts(): PriorCounts {
    return {
      version: 1,
      operators: sorted(this.#operators),
      kinds: sorted(this.#kinds),
      suspiciousness: this.#suspiciousness.map(rounded),
      weights: this.#weights.map(rounded),
    };
  }
}

/** What was learned since `before`, to be added to a store of experience. */
export function difference(after: PriorCounts, before: PriorCounts): PriorCounts {
  const minus = (a: Readonly<Record<string, Count>>, b: Readonly<Record<string, Count>>): Record<string, Count> =>
    Object.fromEntries(
      Object.entries(a).flatMap(([key, count]) => {
        const old = b[key] ?? NOTHING;
        return count[1] === old[1] && count[0] === old[0]
          ? []
          : [[key, rounded([count[0] - old[0], count[1] - old[1]])]];
      }),
    );
  const minusBins = (a: readonly Count[], b: readonly Count[]): Count[] =>
    a.map((count, i) => rounded([count[0] - (b[i]?.[0] ?? 0), count[1] - (b[i]?.[1] ?? 0)]));
  return {
    version: 1,
    operators: minus(after.operators, before.operators),
    kinds: minus(after.kinds, before.kinds),
    suspiciousness: minusBins(after.suspiciousness, before.suspiciousness),
    weights: minusBins(after.weights, before.weights),
  };
}

const NOTHING: Count = [0, 0];

function kindKey(operator: string, nodeKind: string): string {
  return `${operator}|${nodeKind}`;
}

function suspicionBin(value: number): number {
  return Math.min(SUSPICION_BINS - 1, Math.max(0, Math.floor(value * SUSPICION_BINS)));
}

function weightBin(weight: number): number {
  return Math.min(WEIGHT_BINS - 1, Math.max(0, Math.floor(weight * WEIGHT_BINS)));
}

/** Success rate of a count, drawn towards `general` as by that many trials. */
function drawn(count: Count | undefined, trials: number, general: number): number {
  const [won, tried] = count ?? NOTHING;
  return (won + trials * general) / (tried + trials);
}

function add(counts: Map<string, [number, number]>, key: string, count: Count): void {
  const known = counts.get(key);
  if (known === undefined) counts.set(key, [count[0], count[1]]);
  else bump(known, count);
}

function bump(target: [number, number] | undefined, count: Count): void {
  if (target === undefined) return;
  target[0] += count[0];
  target[1] += count[1];
}

function rounded(count: Count): Count {
  return [Math.round(count[0] * 1000) / 1000, count[1]];
}

function sorted(counts: ReadonlyMap<string, Count>): Record<string, Count> {
  return Object.fromEntries(
    [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => [key, rounded(count)]),
  );
}
