import type { Rng } from "@pawl/core";
import type { Arguments } from "./timing-process.ts";
import type { WireValue } from "./wire.ts";

/** Arguments of any size, of several kinds. */
export interface InputFamily {
  /** Names of the distributions; at least one. */
  readonly distributions: readonly string[];
  /** One list of arguments of about this size; another one for every state of `rng`. */
  make(distribution: string, size: number, rng: Rng): Arguments;
  /** Smallest and largest size that make sense. */
  readonly sizes: readonly [smallest: number, largest: number];
}

const SIZES = [4, 65_536] as const;

/**
 * Arguments like the examples, but larger: lists and texts get `size` items, values inside are made like those of the examples.
 * `distinct`: nearly all values differ; `repeated`: few values come often; `ascending`: in order. A function of nothing but numbers
 * gets numbers up to the size.
 */
export function familyLike(examples: readonly Arguments[]): InputFamily {
  const grows = examples.some((args) => args.some((arg) => typeof arg === "object" || typeof arg === "string"));
  return {
    distributions: grows ? ["distinct", "repeated", "ascending"] : ["numbers"],
    sizes: SIZES,
    make(distribution, size, rng) {
      const args = rng.pick(examples);
      if (!grows)
        return args.map((arg) => (typeof arg === "number" ? Math.max(0, size - rng.int(1 + (size >> 3))) : arg));
      return args.map((arg) => grown(arg, distribution, size, rng));
    },
  };
}

function grown(value: WireValue, distribution: string, size: number, rng: Rng): WireValue {
  if (isList(value)) {
    if (value.length === 0) return value;
    // A table of rows has as many cells as a list of that size.
    const isTable = value.every((item) => isList(item) && item.length > 3);
    const count = Math.max(1, isTable ? Math.round(Math.sqrt(size)) : size);
    const items = Array.from({ length: count }, () => {
      const item = rng.pick(value);
      return isTable ? grown(item, distribution, count, rng) : varied(item, distribution, size, rng);
    });
    return distribution === "ascending" ? inOrder(items) : items;
  }
  if (typeof value === "string" && value.length > 3) return grownText(value, distribution, size, rng);
  if (isRecord(value)) {
    const tag = value["$"];
    if (typeof tag === "string") {
      const items = value["v"];
      return isList(items) && tag !== "dict" && tag !== "Map" && tag !== "RegExp"
        ? { ...value, v: unique(grown(items, distribution, size, rng)) }
        : value;
    }
    const names = Object.keys(value);
    const kinds = new Set(names.map((name) => typeof value[name]));
    // Many names with values of one kind are a dictionary; few are a record.
    if (names.length > 3 && kinds.size === 1)
      return Object.fromEntries(
        Array.from({ length: size }, (_, i) => [
          `${rng.pick(names)}${i}`,
          varied(value[rng.pick(names)] as WireValue, distribution, size, rng),
        ]),
      );
    return Object.fromEntries(names.map((name) => [name, grown(value[name] as WireValue, distribution, size, rng)]));
  }
  return value;
}

function varied(value: WireValue, distribution: string, size: number, rng: Rng): WireValue {
  const range = distribution === "repeated" ? Math.max(2, Math.round(Math.sqrt(size) / 2)) : size * 4;
  if (typeof value === "number")
    return Number.isInteger(value) ? (value < 0 ? -rng.int(range) : rng.int(range)) : rng.int(range * 100) / 100;
  if (typeof value === "string") return value === "" ? value : `${value}${rng.int(range).toString(36)}`;
  if (isList(value)) return value.map((item) => varied(item, distribution, size, rng));
  if (isRecord(value) && value["$"] === undefined)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, varied(item, distribution, size, rng)]),
    );
  if (isRecord(value) && isList(value["v"])) return { ...value, v: varied(value["v"], distribution, size, rng) };
  return value;
}

function grownText(text: string, distribution: string, size: number, rng: Rng): string {
  const words = text.split(/(?<=\s|[,;])/);
  const parts = words.length > 1 ? words : [...text];
  let made = "";
  while (made.length < size) made += distribution === "ascending" ? parts[made.length % parts.length] : rng.pick(parts);
  return distribution === "repeated"
    ? made
        .slice(0, 8)
        .repeat(Math.ceil(size / 8))
        .slice(0, size)
    : made.slice(0, size);
}

function inOrder(items: readonly WireValue[]): readonly WireValue[] {
  if (items.every((item) => typeof item === "number")) return items.toSorted((a, b) => (a as number) - (b as number));
  return items.every((item) => typeof item === "string") ? items.toSorted() : items;
}

function unique(items: WireValue): WireValue {
  return [...new Map((items as readonly WireValue[]).map((item) => [JSON.stringify(item), item])).values()];
}

function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isRecord(value: WireValue | undefined): value is { readonly [name: string]: WireValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
