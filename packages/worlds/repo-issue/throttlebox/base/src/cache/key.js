/** A text for a value that does not depend on the order of properties. */
export function stableKey(value) {
  if (Array.isArray(value)) return `[${value.map(stableKey).join(',')}]`;
  if (value instanceof Date) return `date:${value.getTime()}`;
  if (value instanceof Map) return `map:${stableKey([...value])}`;
  if (value !== null && typeof value === 'object') {
    const parts = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${stableKey(value[name])}`);
    return `{${parts.join(',')}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
