import type { Rng } from "@pawl/core";
import type { FunctionCase, WireValue } from "./wire.ts";

/** Small strings and numbers that programs treat in their own way. */
const NUMBERS = [0, 1, -1, 2] as const;
/** Tries for each call wanted: many variations are equal to one made before. */
const TRIES = 8;

/** A call without anything it should give. */
export type GeneratedCall = Pick<FunctionCase, "call" | "args">;

/**
 * Calls like the given ones: each is one of them with one to three of the values inside its arguments varied by kind, or taken from another
 * of them, or from `constants`, such as a program's own literals. None is repeated, none is among the given. Nobody knows what they should
 * give; they tell candidates apart.
 */
export function generateCalls(
  cases: readonly FunctionCase[],
  constants: readonly WireValue[],
  count: number,
  rng: Rng,
): readonly GeneratedCall[] {
  const pool = [...constants, ...cases.flatMap(({ args }) => args.flatMap((arg) => [arg, ...valuesInside(arg)]))];
  const seen = new Set(cases.map(keyOf));
  const calls: GeneratedCall[] = [];
  if (cases.length === 0) return calls;
  for (let n = 0; n < count * TRIES && calls.length < count; n++) {
    const { call, args } = cases[n % cases.length] as FunctionCase;
    // The number of arguments is part of the function, not of the input.
    const varied = [...args];
    for (let times = 1 + rng.int(3); times > 0 && args.length > 0; times--) {
      const at = rng.int(args.length);
      varied[at] = variedInside(varied[at] as WireValue, pool, rng);
    }
    const made = { call, args: varied };
    if (seen.has(keyOf(made))) continue;
    seen.add(keyOf(made));
    calls.push(made);
  }
  return calls;
}

/** Varies one value at a random place: the deeper ones are as likely as the upper ones. */
function variedInside(value: WireValue, pool: readonly WireValue[], rng: Rng): WireValue {
  const inside = childrenOf(value);
  if (inside.length > 0 && rng.uniform() < 0.75) {
    const [name, child] = inside[rng.int(inside.length)] as readonly [string | number, WireValue];
    return withChild(value, name, variedInside(child, pool, rng));
  }
  const others = pool.filter((other) => kindOf(other) === kindOf(value));
  if (others.length > 0 && rng.uniform() < 0.4) return others[rng.int(others.length)] as WireValue;
  return variedItself(value, rng);
}

/** Numbers and short texts that stand in a source, of whatever language writes them in the usual way. */
export function constantsIn(source: string): readonly WireValue[] {
  const texts = [...source.matchAll(/(["'`])((?:(?!\1)[^\\\n$]){0,40})\1/g)].map((match) => match[2] as string);
  const numbers = [...source.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)].map((match) => Number(match[0]));
  return [...new Set([...texts, ...numbers])];
}

function valuesInside(value: WireValue): readonly WireValue[] {
  return childrenOf(value).flatMap(([, child]) => [child, ...valuesInside(child)]);
}

function kindOf(value: WireValue): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

function variedItself(value: WireValue, rng: Rng): WireValue {
  if (typeof value === "number") {
    const near = [value + 1, value - 1, -value, value * 2, Math.trunc(value / 2), ...NUMBERS];
    return near[rng.int(near.length)] as number;
  }
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return variedText(value, rng);
  if (Array.isArray(value)) return variedList(value as readonly WireValue[], rng);
  return value;
}

function variedText(text: string, rng: Rng): string {
  const letters = [...text];
  const at = rng.int(letters.length + 1);
  const kinds = [
    () => "",
    () => letters.toSpliced(at, 1).join(""),
    () => letters.toSpliced(at, 0, letters[rng.int(Math.max(1, letters.length))] ?? "a").join(""),
    () => letters.toSpliced(at, 0, " ").join(""),
    () => letters.toReversed().join(""),
    () => text.toUpperCase(),
    () => text + text,
  ];
  return (kinds[rng.int(kinds.length)] as () => string)();
}

function variedList(list: readonly WireValue[], rng: Rng): readonly WireValue[] {
  const at = rng.int(Math.max(1, list.length));
  const kinds = [
    () => [],
    () => list.toSpliced(at, 1),
    () => (list.length === 0 ? list : list.toSpliced(at, 0, list[rng.int(list.length)] as WireValue)),
    () => list.toReversed(),
    () => list.slice(0, at),
    () => [...list, ...list],
  ];
  return (kinds[rng.int(kinds.length)] as () => readonly WireValue[])();
}

/** Places inside a value that may be varied; the tags of the wire format are not among them. */
function childrenOf(value: WireValue): readonly (readonly [string | number, WireValue])[] {
  if (Array.isArray(value)) return (value as readonly WireValue[]).map((item, i) => [i, item]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).filter(([name]) => name !== "$");
}

function withChild(value: WireValue, name: string | number, child: WireValue): WireValue {
  if (Array.isArray(value)) return (value as readonly WireValue[]).with(name as number, child);
  return { ...(value as Readonly<Record<string, WireValue>>), [name]: child };
}

function keyOf({ call, args }: GeneratedCall): string {
  return JSON.stringify([call, args]);
}
