const UNITS: ReadonlyArray<readonly [string, number]> = [
  ['w', 604800],
  ['d', 86400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** Seconds of a text such as "1d 2h30m"; every unit at most once, largest first. */
export function parseDuration(text: string): number {
  const compact = text.replace(/\s+/g, '');
  const match = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(compact);
  if (compact === '' || match === null) throw new SyntaxError(`not a duration: ${text}`);
  let total = 0;
  UNITS.forEach(([, seconds], i) => {
    total += Number(match[i + 1] ?? 0) * seconds;
  });
  return total;
}

/** The shortest exact text, with at most `parts` units (the rest is dropped). */
export function formatDuration(seconds: number, parts = UNITS.length): string {
  if (seconds < 0) return `-${formatDuration(-seconds, parts)}`;
  let rest = Math.floor(seconds);
  const out: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0 && out.length < parts) out.push(`${count}${unit}`);
    rest -= count * size;
  }
  return out.length > 0 ? out.join(' ') : '0s';
}
