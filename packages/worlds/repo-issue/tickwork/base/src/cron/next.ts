import type { CronLine } from "./parse.ts";

const MINUTE = 60_000;

/** The first run after a time, both in milliseconds UTC; null when there is none in eight years. */
export function nextRun(line: CronLine, after: number): number | null {
  const at = new Date(Math.floor(after / MINUTE) * MINUTE + MINUTE);
  const end = at.getUTCFullYear() + 8;
  while (at.getUTCFullYear() < end) {
    if (!line.months.includes(at.getUTCMonth() + 1)) {
      at.setUTCMonth(at.getUTCMonth() + 1, 1);
      at.setUTCHours(0, 0, 0, 0);
    } else if (!fitsDay(line, at)) {
      at.setUTCDate(at.getUTCDate() + 1);
      at.setUTCHours(0, 0, 0, 0);
    } else if (!line.hours.includes(at.getUTCHours())) {
      at.setUTCHours(at.getUTCHours() + 1, 0, 0, 0);
    } else if (!line.minutes.includes(at.getUTCMinutes())) {
      at.setUTCMinutes(at.getUTCMinutes() + 1, 0, 0);
    } else {
      return at.getTime();
    }
  }
  return null;
}

/** The next few runs. */
export function upcoming(line: CronLine, after: number, count: number): number[] {
  const runs: number[] = [];
  let at: number | null = after;
  while (runs.length < count) {
    at = nextRun(line, at);
    if (at === null) break;
    runs.push(at);
  }
  return runs;
}

function fitsDay(line: CronLine, at: Date): boolean {
  const day = line.days.includes(at.getUTCDate());
  const weekday = line.weekdays.includes(at.getUTCDay());
  return line.anyDay ? day || weekday : day && weekday;
}
