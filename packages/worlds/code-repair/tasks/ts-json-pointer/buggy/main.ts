export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new SyntaxError(`not a pointer: ${pointer}`);
  return pointer.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function position(list: readonly Json[], part: string, last: number): number {
  const index = /^(0|[1-9]\d*)$/.test(part) ? Number(part) : NaN;
  if (!(index <= last)) throw new RangeError(`no position ${part} in a list of ${list.length}`);
  return index;
}

function child(value: Json, part: string): Json {
  if (Array.isArray(value)) {
    const at = position(value, part, value.length - 1);
    if (at < value.length) return value[at];
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, part)) {
    return value[part];
  }
  throw new RangeError(`nothing at ${part}`);
}

export function read(document: Json, pointer: string): Json {
  return parsePointer(pointer).reduce(child, document);
}

/** A copy of the document with a value added; lists grow, names are set. */
export function add(document: Json, pointer: string, value: Json): Json {
  const parts = parsePointer(pointer);
  if (parts.length === 0) return value;
  const last = parts.pop()!;
  const copy = structuredClone(document);
  const parent = parts.reduce(child, copy);
  if (Array.isArray(parent)) parent.fill(value, position(parent, last, parent.length));
  else if (typeof parent === 'object' && parent !== null) parent[last] = value;
  else throw new TypeError(`cannot add to ${typeof parent}`);
  return copy;
}
