export type QueryValue = string | string[];

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Query parameters; a name that repeats gives a list. */
export function parseQuery(query: string): Record<string, QueryValue> {
  const result: Record<string, QueryValue> = {};
  const text = query.startsWith('?') ? query.slice(1) : query;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const split = pair.indexOf('=');
    const name = decode(split === -1 ? pair : pair.slice(0, split));
    const value = split === -1 ? '' : decode(pair.slice(split + 1));
    const known = result[name];
    if (known === undefined) result[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else result[name] = [known, value];
  }
  return result;
}

function integer(value: QueryValue | undefined, fallback: number): number {
  const text = Array.isArray(value) ? value[value.length - 1] : value;
  if (text === undefined || !/^\d+$/.test(text)) return fallback;
  return Number(text);
}

/** The range of rows a list request asks for with ?offset= and ?limit=. */
export function rowRange(query: string, maximum: number): [number, number] {
  const { offset, limit } = parseQuery(query);
  const first = integer(offset, 0);
  return [first, first + Math.min(integer(limit, maximum), maximum)];
}
