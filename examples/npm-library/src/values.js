const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The value a field stands for: a number, a boolean, a day (as a Date in UTC), null for an empty field, else the text.
 * @param {string} field
 */
export function valueOf(field) {
  const text = field.trim();
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  if (NUMBER.test(text)) return Number(text.replaceAll(",", ""));
  return dayOf(text) ?? field;
}

/** Null for what is not a day of the calendar, such as 2023-02-30. */
function dayOf(text) {
  const match = DAY.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
