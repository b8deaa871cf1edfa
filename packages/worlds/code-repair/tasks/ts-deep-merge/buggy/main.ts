export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Settings = { [name: string]: Json };

function isSettings(value: Json | undefined): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function copy<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (isSettings(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, copy(v)])) as T;
  }
  return value;
}

function mergeInto(target: Settings, layer: Settings): void {
  for (const [name, value] of Object.entries(layer)) {
    const known = target[name];
    if (isSettings(known) && isSettings(value)) mergeInto(known, value);
    else if (value === null) delete target[name];
    else target[name] = value;
  }
}

/** Later layers win; objects are merged, lists replaced, null removes a setting. */
export function mergeLayers(layers: readonly Settings[]): Settings {
  const result: Settings = {};
  for (const layer of layers) mergeInto(result, layer);
  return result;
}
