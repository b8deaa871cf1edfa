const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysIn(year, month) {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month < 1 || month > 12) return 0;
  return month === 2 && leap ? 29 : DAYS[month - 1];
}

export const calls = [
  [2024, 2],
  [2023, 2],
  [1900, 2],
  [2000, 2],
  [2023, 12],
  [2023, 1],
  [2023, 13],
  [2023, 4],
  [2023, 0],
];
