// Values of any realm in their tagged form. Uses nothing that a candidate could replace later.
import { types } from "node:util";

const { isArray } = Array;
const { is, keys } = Object;
const { isFinite } = Number;
const { apply } = Reflect;
const { stringify } = JSON;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapNext = Object.getPrototypeOf(new Map().entries()).next;
const setNext = Object.getPrototypeOf(new Set().values()).next;
const dateTime = Date.prototype.getTime;
const dateText = Date.prototype.toISOString;
const { isMap, isSet, isDate, isRegExp, isPromise, isBoxedPrimitive, isTypedArray, isNativeError, isProxy } = types;

/** Larger results are not data a case could ask for. */
const MOST_NODES = 200_000;
const DEEPEST = 500;

/** The tagged form of a value; what has none gets a tag that equals no expected value. */
export function encode(root) {
  let nodes = 0;
  const parents = [];
  const inner = (value) => {
    if (++nodes > MOST_NODES) throw new RangeError("the result is too large to be compared");
    if (value === undefined) return { $: "undefined" };
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (typeof value === "number") {
      if (is(value, -0)) return { $: "-0" };
      return isFinite(value) ? value : { $: `${value}` };
    }
    if (typeof value === "bigint") return { $: "bigint", v: `${value}` };
    if (typeof value !== "object") return { $: typeof value };
    for (let i = 0; i < parents.length; i++) if (parents[i] === value) return { $: "cycle" };
    if (parents.length > DEEPEST) return { $: "deep" };
    parents[parents.length] = value;
    const tagged = object(value);
    parents.length--;
    return tagged;
  };
  const list = (iterator, next) => {
    const items = [];
    for (let step = apply(next, iterator, []); !step.done; step = apply(next, iterator, []))
      items[items.length] = inner(step.value);
    return items;
  };
  const object = (value) => {
    if (isArray(value)) {
      const items = [];
      for (let i = 0; i < value.length; i++) items[i] = inner(value[i]);
      return items;
    }
    if (isMap(value)) return { $: "Map", v: list(apply(mapEntries, value, []), mapNext) };
    if (isSet(value)) return { $: "Set", v: list(apply(setValues, value, []), setNext) };
    if (isDate(value))
      return {
        $: "Date",
        v: apply(dateTime, value, []) === apply(dateTime, value, []) ? apply(dateText, value, []) : "invalid",
      };
    if (isRegExp(value)) return { $: "RegExp", v: [`${value.source}`, `${value.flags}`] };
    if (isPromise(value)) return { $: "Promise" };
    if (isBoxedPrimitive(value)) return { $: "boxed" };
    if (isTypedArray(value)) return { $: `${value[Symbol.toStringTag]}`, v: [...value].map(inner) };
    if (isNativeError(value)) return { $: "Error", v: [`${value.name}`, `${value.message}`] };
    const names = keys(value);
    if (isProxy(value) && names.length > MOST_NODES) return { $: "Proxy" };
    if (names.includes("$")) return { $: "object", v: names.map((name) => [name, inner(value[name])]) };
    const made = {};
    for (const name of names) {
      const item = inner(value[name]);
      if (name === "__proto__") Object.defineProperty(made, name, { value: item, enumerable: true });
      else made[name] = item;
    }
    return made;
  };
  return inner(root);
}

/** What was thrown: name and message, and the place, when asked for. */
export function failure(error, withStack) {
  try {
    if (error === null || typeof error !== "object") return { throws: typeof error, message: text(error) };
    const told = { throws: text(error.name), message: text(error.message) };
    return withStack ? { ...told, stack: text(error.stack).slice(0, 4000) } : told;
  } catch {
    return { throws: "unreadable", message: "the thrown value cannot be read" };
  }
}

function text(value) {
  return typeof value === "string" ? value.slice(0, 10_000) : String(value).slice(0, 10_000);
}

export const toJson = stringify;
