/** Types from special to general; each has a test and a reader of text. */
export const TYPES = {
  boolean: {
    test: (text) => /^(true|false|yes|no)$/i.test(text),
    read: (text) => /^(true|yes)$/i.test(text),
  },
  integer: {
    test: (text) => /^[+-]?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)),
    read: Number,
  },
  number: {
    test: (text) => /^[+-]?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text),
    read: Number,
  },
  date: {
    test: isDate,
    read: (text) => new Date(`${text}T00:00:00Z`),
  },
  string: { test: () => true, read: (text) => text },
};

export function isDate(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
