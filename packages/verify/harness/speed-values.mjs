// The exact text of a value: everything a caller could observe of it, accessors and identities included. Captured before any candidate is loaded.
import { types } from "node:util";

const { isArray } = Array;
const { is, getPrototypeOf, getOwnPropertyDescriptor } = Object;
const { apply, ownKeys } = Reflect;
const { stringify } = JSON;
const text = String;
const arrayPrototype = Array.prototype;
const objectPrototype = Object.prototype;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapNext = getPrototypeOf(new Map().entries()).next;
const setNext = getPrototypeOf(new Set().values()).next;
const dateTime = Date.prototype.getTime;
const join = Array.prototype.join;
const { isMap, isSet, isDate, isRegExp, isProxy, isTypedArray, isNativeError, isBoxedPrimitive, isPromise } = types;
const MapGet = Map.prototype.get;
const MapSet = Map.prototype.set;
const MapHas = Map.prototype.has;

/** Larger values are not compared. */
const MOST_NODES = 3_000_000;

/** Thrown for a value that is too large to be told. */
export class TooLarge extends Error {}

/** Gives objects their numbers, and remembers in which order they were met. */
export class Identities {
  constructor() {
    this.numbers = new Map();
    this.order = [];
  }

  meet(object) {
    const known = apply(MapHas, this.numbers, [object]);
    if (!known) apply(MapSet, this.numbers, [object, this.numbers.size]);
    this.order[this.order.length] = apply(MapGet, this.numbers, [object]);
    return known;
  }

  /** A short text that two sides share when the same places hold the same objects. */
  text() {
    return apply(join, this.order, [","]);
  }
}

/** @param {Identities} [identities] told every object on the way */
export function exact(root, identities) {
  let nodes = 0;
  const parents = [];
  const inner = (value) => {
    if (++nodes > MOST_NODES) throw new TooLarge("too large to be compared");
    if (value === null || value === undefined || typeof value === "boolean") return text(value);
    if (typeof value === "string") return stringify(value);
    if (typeof value === "number") return is(value, -0) ? "-0" : text(value);
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value !== "object") return `<${typeof value}>`;
    for (let i = 0; i < parents.length; i++) if (parents[i] === value) return `<cycle ${parents.length - i}>`;
    if (parents.length > 400) throw new TooLarge("too deep to be compared");
    identities?.meet(value);
    if (isProxy(value)) return "<proxy>";
    parents[parents.length] = value;
    const told = object(value);
    parents.length--;
    return told;
  };
  const items = (iterator, next, each) => {
    const told = [];
    for (let step = apply(next, iterator, []); !step.done; step = apply(next, iterator, []))
      told[told.length] = each(step.value);
    return apply(join, told, [","]);
  };
  const properties = (value, skip) => {
    const told = [];
    const names = ownKeys(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (skip !== undefined && skip(name)) continue;
      const property = getOwnPropertyDescriptor(value, name);
      const mark = property.enumerable && property.writable !== false ? "" : "#";
      const content = "value" in property ? inner(property.value) : "<accessor>";
      told[told.length] = `${typeof name === "symbol" ? "<symbol>" : stringify(name)}${mark}:${content}`;
    }
    return apply(join, told, [","]);
  };
  const object = (value) => {
    const prototype = getPrototypeOf(value);
    if (isArray(value)) {
      const told = [];
      for (let i = 0; i < value.length; i++) {
        const property = getOwnPropertyDescriptor(value, i);
        told[i] = property === undefined ? "<hole>" : "value" in property ? inner(property.value) : "<accessor>";
      }
      const more = properties(value, (name) => name === "length" || (typeof name === "string" && /^\d+$/.test(name)));
      return `${prototype === arrayPrototype ? "" : "<other array>"}[${apply(join, told, [","])}${more === "" ? "" : `;${more}`}]`;
    }
    if (isMap(value))
      return `Map{${items(apply(mapEntries, value, []), mapNext, (pair) => `${inner(pair[0])}=>${inner(pair[1])}`)}}`;
    if (isSet(value)) return `Set{${items(apply(setValues, value, []), setNext, inner)}}`;
    if (isDate(value)) return `Date(${apply(dateTime, value, [])})`;
    if (isRegExp(value)) return `RegExp(${value.source}/${value.flags})`;
    if (isPromise(value)) return "<promise>";
    if (isBoxedPrimitive(value)) return `Object(${inner(value.valueOf())})`;
    if (isTypedArray(value)) return `${value[Symbol.toStringTag]}[${apply(join, value, [","])}]`;
    if (isNativeError(value)) return `${text(value.name)}(${text(value.message)})`;
    const named =
      prototype === objectPrototype ? "" : prototype === null ? "<null>" : `${text(value.constructor?.name)} `;
    return `${named}{${properties(value)}}`;
  };
  return inner(root);
}
