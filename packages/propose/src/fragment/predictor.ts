import { Rng } from "@pawl/core";
import { kindByName, textsByName } from "./name-hints.ts";
import type { MissingName, Shape, ValueKind, ValueWriter } from "./shape.ts";

/** A value for a name, as source text of the fragment's language. */
export interface PredictedValue {
  readonly expression: string;
  /** What it was made of: a declared type, what is done with it, or its name alone. */
  readonly source: "type" | "usage" | "name" | "guess";
}

export interface PredictionRequest {
  readonly missing: MissingName;
  readonly writer: ValueWriter;
  /** 0 for the likeliest value, larger numbers for others. */
  readonly attempt: number;
  /** What the last run ended with, when it may have to do with this name. */
  readonly error: string | null;
}

/** Says what an undefined name may hold. What it answers is run in the sandbox only. A language model can be one. */
export interface ValuePredictor {
  readonly id: string;
  predict(request: PredictionRequest): Promise<PredictedValue>;
}

const DEEPEST = 6;
const NUMBERS = [3, 1, 2, 5, 10, 0, -1, 100];
const OTHERS: readonly ValueKind[] = ["string", "number", "record", "list", "function"];

/** Rules: what a fragment does with a name, its declared type, and how people name things. */
export class RulePredictor implements ValuePredictor {
  readonly id = "rules";

  async predict({ missing, writer, attempt }: PredictionRequest): Promise<PredictedValue> {
    const { shape, name } = missing;
    const expression = new Maker(writer, attempt, name).make(shape, shape.name || name, 0, 0);
    return { expression, source: sourceOf(missing) };
  }
}

function sourceOf({ shape, typed, name }: MissingName): PredictedValue["source"] {
  if (typed) return "type";
  if (kindByUse(shape) !== null) return "usage";
  return kindByName(shape.name || name) === null ? "guess" : "name";
}

/** The control: a value of any kind, whatever is done with the name. */
export class RandomPredictor implements ValuePredictor {
  readonly id = "random";
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  async predict({ missing, writer, attempt }: PredictionRequest): Promise<PredictedValue> {
    const rng = Rng.of(this.#seed, "random-value", missing.name, attempt);
    const values = [
      writer.number(rng.int(20) - 5),
      writer.string(pick(rng, ["", "a", "abc", "Hello World", "42"])),
      writer.boolean(rng.int(2) === 0),
      writer.list([1, 2, 3].slice(rng.int(4)).map((n) => writer.number(n))),
      writer.dictionary([["a", writer.number(1)]]),
    ];
    return { expression: pick(rng, values), source: "guess" };
  }
}

/** The kind that what is done with a value suggests most; null when nothing does. */
function kindByUse(shape: Shape): ValueKind | null {
  if (shape.returns !== null && (shape.hints.error ?? 0) === 0) return "function";
  const scores = new Map<ValueKind, number>(Object.entries(shape.hints) as [ValueKind, number][]);
  const add = (kind: ValueKind, amount: number): void => void scores.set(kind, (scores.get(kind) ?? 0) + amount);
  if (Object.keys(shape.members).length > 0) add("record", 2);
  if (shape.element !== null) add("list", 1.5);
  if (shape.keyed !== null) add("dictionary", 1.5);
  if (shape.literals.length > 0) add(typeof shape.literals[0] === "number" ? "number" : "string", 1);
  const [best] = [...scores].sort((a, b) => b[1] - a[1]);
  return best === undefined || best[1] <= 0 ? null : best[0];
}

class Maker {
  readonly #writer: ValueWriter;
  readonly #attempt: number;
  readonly #rng: Rng;

  constructor(writer: ValueWriter, attempt: number, name: string) {
    this.#writer = writer;
    this.#attempt = attempt;
    this.#rng = Rng.of(1, "value", name, attempt);
  }

  /** `place` tells the elements of a list apart. */
  make(shape: Shape, name: string, depth: number, place: number): string {
    const writer = this.#writer;
    if (depth > DEEPEST) return writer.number(1);
    const inner = (child: Shape, index = place): string => this.make(child, child.name || name, depth + 1, index);
    const members = Object.entries(shape.members).map(([key, child]) => [key, inner(child)] as const);
    const element = shape.element ?? { ...EMPTY, name: singular(name) };
    const known = kindByUse(shape) ?? kindByName(name);
    const kind = known ?? (OTHERS[this.#attempt % OTHERS.length] as ValueKind);
    switch (kind) {
      case "number":
        return writer.number(this.#number(shape, place));
      case "string":
        return writer.string(this.#text(shape, name, place));
      case "boolean":
        return writer.boolean(this.#attempt % 2 === 0);
      case "list":
        return writer.list(this.#places().map((index) => inner(element, index)));
      case "set":
        return writer.set(this.#places().map((index) => inner(element, index)));
      case "dictionary":
      case "map": {
        const value = shape.keyed ?? { ...EMPTY, name: singular(name) };
        const keys = [...shape.literals.filter((key) => typeof key === "string"), "a", "b"];
        return writer[kind](keys.map((key, index) => [key, inner(value, index)]));
      }
      case "record":
        return writer.record(members);
      case "function":
        return writer.function(inner(shape.returns ?? { ...EMPTY, name }), members);
      case "date":
        return writer.date();
      case "pattern":
        return writer.pattern();
      case "error":
        return writer.error(name);
      case "promise":
        return writer.promise(inner(shape.element ?? { ...EMPTY, name }));
    }
  }

  #places(): readonly number[] {
    const length = [2, 3, 1, 4, 0][this.#attempt % 5] as number;
    return Array.from({ length }, (_, index) => index);
  }

  #number({ literals }: Shape, place: number): number {
    const known = literals.filter((value) => typeof value === "number");
    const choices = [...known, ...known.map((value) => value + 1), ...NUMBERS];
    return this.#choose(choices, place);
  }

  #text({ literals }: Shape, name: string, place: number): string {
    const known = literals.filter((value) => typeof value === "string");
    return this.#choose([...known, ...textsByName(name)], place);
  }

  #choose<T>(choices: readonly T[], place: number): T {
    if (this.#attempt === 0) return choices[place % choices.length] as T;
    return choices[(place + this.#rng.int(choices.length)) % choices.length] as T;
  }
}

export const EMPTY: Shape = {
  name: "",
  hints: {},
  members: {},
  element: null,
  keyed: null,
  returns: null,
  literals: [],
};

function singular(name: string): string {
  return name.replace(/(?:List|Array|s)$/, "");
}

function pick<T>(rng: Rng, values: readonly T[]): T {
  return values[rng.int(values.length)] as T;
}
