const MARK = '~';

function cut(text, width) {
  if (text.length <= width) return text;
  return text.slice(0, width) + MARK;
}

/** The value in exactly `width` characters. */
export function fit(value, width) {
  const text = cut(String(value), width);
  return typeof value === 'number' ? text.padStart(width) : text.padEnd(width);
}
