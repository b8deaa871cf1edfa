import type { WireValue } from "./wire.ts";

const UNORDERED = new Set(["Map", "Set", "dict", "set"]);

/**
 * Equal in value and kind: no coercion (1 is not "1", null is not undefined, a tuple is not a list), object keys, maps and sets in
 * any order. Numbers may differ by `tolerance`. Python's 1 and 1.0 are the same number, True is not 1.
 */
export function sameValue(a: WireValue | undefined, b: WireValue | undefined, tolerance = 0): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b || Math.abs(a - b) <= tolerance;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && sameLists(a, b, tolerance);
  if (!isRecord(a) || !isRecord(b)) return a === b;
  if (a["$"] !== b["$"]) return false;
  const tag = a["$"];
  if (typeof tag === "string" && UNORDERED.has(tag)) {
    return isList(a["v"]) && isList(b["v"]) && sameItems(a["v"], b["v"], tolerance);
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name], tolerance))
  );
}

function sameLists(a: readonly WireValue[], b: readonly WireValue[], tolerance: number): boolean {
  return a.length === b.length && a.every((item, index) => sameValue(item, b[index], tolerance));
}

/** Same items, each as often, in any order. */
function sameItems(a: readonly WireValue[], b: readonly WireValue[], tolerance: number): boolean {
  if (a.length !== b.length) return false;
  if (sameLists(a, b, tolerance)) return true;
  const rest = [...b];
  return a.every((item) => {
    const at = rest.findIndex((other) => sameValue(item, other, tolerance));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isRecord(value: WireValue | undefined): value is { readonly [name: string]: WireValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
