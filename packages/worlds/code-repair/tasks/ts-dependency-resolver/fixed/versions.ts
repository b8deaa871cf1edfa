/** Ranges: "*", ">=2", "<3" or an exact number. */
export function satisfies(version: number, range: string): boolean {
  if (range === '*') return true;
  if (range.startsWith('>=')) return version >= Number(range.slice(2));
  if (range.startsWith('<')) return version < Number(range.slice(1));
  const exact = Number(range);
  if (Number.isNaN(exact)) throw new SyntaxError(`not a range: ${range}`);
  return version === exact;
}

export function sortedDown(versions: readonly number[]): number[] {
  return [...versions].sort((a, b) => b - a);
}
