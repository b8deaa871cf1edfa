export const numberFilters = {
  round: (value, digits = 0) => Number(Number(value).toFixed(digits)),
  fixed: (value, digits = 2) => Number(value).toFixed(digits),
  grouped,
  plural: (count, one, many = `${one}s`) => (Number(count) === 1 ? one : many),
  default: (value, other = "") => (value === undefined || value === null || value === "" ? other : value),
};

/** 1234567.5 as "1,234,567.5". */
function grouped(value, separator = ",") {
  const [whole, rest] = String(value).split(".");
  const sign = whole.startsWith("-") ? "-" : "";
  const digits = sign === "" ? whole : whole.slice(1);
  const parts = [];
  for (let end = digits.length; end > 0; end -= 3) parts.unshift(digits.slice(Math.max(0, end - 3), end));
  return sign + parts.join(separator) + (rest === undefined ? "" : `.${rest}`);
}
