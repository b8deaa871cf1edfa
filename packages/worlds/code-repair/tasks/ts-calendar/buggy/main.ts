const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && year % 100 !== 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) throw new RangeError(`no month ${month}`);
  return month === 2 && isLeapYear(year) ? 29 : LENGTHS[month - 1];
}

export function dayOfYear(year: number, month: number, day: number): number {
  let total = day;
  for (let m = 1; m < month; m += 1) total += daysInMonth(year, m);
  return total;
}

/** 0 for Monday to 6 for Sunday; works for the years from 1 on. */
export function weekday(year: number, month: number, day: number): number {
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return (before * 365 + leaps + dayOfYear(year, month, day) - 1) % 7;
}

/** The weeks of a month from Monday to Sunday, zeros outside of the month. */
export function monthGrid(year: number, month: number): number[][] {
  const cells = new Array<number>(weekday(year, month, 1)).fill(0);
  for (let day = 1; day <= daysInMonth(year, month); day += 1) cells.push(day);
  while (cells.length % 7 !== 0) cells.push(0);
  const weeks: number[][] = [];
  for (let i = 0; i < cells.length; i += 7) weeks.push(cells.slice(i, i + 7));
  return weeks;
}
