export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };
export type Settings = { [name: string]: Value };

export interface Patch {
  set: Settings;
  remove: string[];
}

function sameLists(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i]));
}

function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b)) return false;
    return sameLists(a, b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => name in a && name in b && same(a[name], b[name]));
}

/** What to set and what to remove to get from one to the other, by name. */
export function diff(before: Settings, after: Settings): Patch {
  const set: Settings = {};
  for (const name of Object.keys(after).sort()) {
    if (!Object.hasOwn(before, name) || !same(before[name], after[name])) set[name] = after[name];
  }
  const remove = Object.keys(before).filter((name) => !Object.hasOwn(after, name)).sort();
  return { set, remove };
}

export function apply(settings: Settings, patch: Patch): Settings {
  const result: Settings = { ...settings };
  for (const name of patch.remove) delete result[name];
  return Object.assign(result, patch.set);
}

/** The settings after a change and its way back. */
export function roundTrip(before: Settings, after: Settings): { changed: Settings; restored: Settings } {
  const changed = apply(before, diff(before, after));
  return { changed, restored: apply(changed, diff(changed, before)) };
}
