export const textFilters = {
  upper: (value) => text(value).toUpperCase(),
  lower: (value) => text(value).toLowerCase(),
  trim: (value) => text(value).trim(),
  title: (value) => text(value).replace(/\p{L}[\p{L}\p{N}']*/gu, (word) => word[0].toUpperCase() + word.slice(1)),
  truncate,
  pad: (value, width, fill = " ") => text(value).padStart(width, fill),
  replace: (value, from, to = "") => text(value).replaceAll(from, to),
};

/** Cuts at the end of a word; the result with its ellipsis is not longer than asked for. */
function truncate(value, length = 80, ellipsis = "…") {
  const whole = text(value);
  if (whole.length <= length) return whole;
  const cut = whole.slice(0, length - ellipsis.length + 1);
  const blank = cut.lastIndexOf(" ");
  const end = blank > 0 ? blank : length - ellipsis.length;
  return whole.slice(0, end).trimEnd() + ellipsis;
}

function text(value) {
  return String(value ?? "");
}
