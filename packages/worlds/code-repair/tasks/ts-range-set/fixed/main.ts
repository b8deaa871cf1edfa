/** Half-open: the end is not part of the range. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

function byStart(a: Range, b: Range): number {
  return a.start - b.start || a.end - b.end;
}

/** The same numbers as sorted ranges that neither touch nor overlap. */
export function normalize(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of [...ranges].sort(byStart)) {
    if (range.end <= range.start) continue;
    const last = out[out.length - 1];
    if (last !== undefined && range.start <= last.end) {
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      out.push({ start: range.start, end: range.end });
    }
  }
  return out;
}

export function size(ranges: readonly Range[]): number {
  return normalize(ranges).reduce((sum, range) => sum + range.end - range.start, 0);
}

/** The numbers of `ranges` that are not in `holes`. */
export function subtract(ranges: readonly Range[], holes: readonly Range[]): Range[] {
  let rest = normalize(ranges);
  for (const hole of normalize(holes)) {
    rest = rest.flatMap((range) => [
      { start: range.start, end: Math.min(range.end, hole.start) },
      { start: Math.max(range.start, hole.end), end: range.end },
    ]).filter((range) => range.start < range.end);
  }
  return rest;
}
