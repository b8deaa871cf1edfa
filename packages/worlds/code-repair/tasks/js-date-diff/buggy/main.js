// Dates are "YYYY-MM-DD" strings; nothing here depends on a time zone.

const DAY = 24 * 60 * 60 * 1000;

function parse(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) throw new SyntaxError(`not a date: ${text}`);
  const [year, month, day] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day);
  if (new Date(time).toISOString().slice(0, 10) !== text) throw new RangeError(`no such day: ${text}`);
  return time;
}

/** Days from `start` to `end`; negative when `end` comes first. */
export function daysBetween(start, end) {
  return (parse(end) - parse(start)) / DAY;
}

/** "today", "in 3 days", "1 day ago", … seen from `today`. */
export function relativeLabel(today, date) {
  const days = daysBetween(date, today);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  const count = Math.abs(days);
  const text = count % 7 === 0 ? `${count / 7} week${count === 7 ? '' : 's'}` : `${count} days`;
  return days > 0 ? `in ${text}` : `${text} ago`;
}
