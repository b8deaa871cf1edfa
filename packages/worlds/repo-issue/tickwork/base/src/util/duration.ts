const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "1h30m" in milliseconds. */
export function parseDuration(text: string): number {
  const compact = text.replaceAll(" ", "");
  if (!/^(\d+(ms|s|m|h|d))+$/.test(compact)) throw new SyntaxError(`not a duration: ${text}`);
  let total = 0;
  for (const [, count, unit] of compact.matchAll(/(\d+)(ms|s|m|h|d)/g)) total += Number(count) * UNITS[unit!]!;
  return total;
}

/** Milliseconds with the two largest units: "1h 30m", "2d 4h", "0s". */
export function formatDuration(milliseconds: number): string {
  let left = milliseconds;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"]) {
    const size = UNITS[unit]!;
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0s";
}
