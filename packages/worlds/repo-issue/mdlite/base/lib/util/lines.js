/** Lines without their ends; tabs become four spaces. */
export function toLines(text) {
  return text.split(/\r\n|\n|\r/).map((line) => line.replaceAll("\t", "    "));
}

export function indentOf(line) {
  return line.length - line.trimStart().length;
}

/** Takes up to `width` leading spaces away. */
export function dedent(line, width) {
  return line.slice(Math.min(width, indentOf(line)));
}

export function isBlank(line) {
  return line.trim() === "";
}
