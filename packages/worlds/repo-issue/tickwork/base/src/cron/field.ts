/** A field of a cron line with the numbers it may hold. */
export interface FieldSpec {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words that stand for numbers, the first one for `min`. */
  readonly words?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export const FIELDS: readonly FieldSpec[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, words: MONTHS },
  { name: "weekday", min: 0, max: 6, words: DAYS },
];

/** The numbers of "*", "5", "1-5", "mon-fri", "0-30/10", "*\/15" and lists of them, sorted. */
export function parseField(text: string, spec: FieldSpec): number[] {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const width = Number(step);
    if (!Number.isInteger(width) || width < 1) throw new SyntaxError(`${spec.name}: bad step in "${part}"`);
    const [from, to] = parseRange(range, spec, part.includes("/"));
    for (let value = from; value <= to; value += width) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function parseRange(text: string, spec: FieldSpec, stepped: boolean): [from: number, to: number] {
  if (text === "*") return [spec.min, spec.max];
  const [first = "", last] = text.split("-");
  const from = parseNumber(first, spec);
  if (last === undefined) return [from, stepped ? spec.max : from];
  const to = parseNumber(last, spec);
  if (to < from) throw new SyntaxError(`${spec.name}: "${text}" goes backwards`);
  return [from, to];
}

function parseNumber(text: string, spec: FieldSpec): number {
  const word = spec.words?.indexOf(text.toLowerCase()) ?? -1;
  const value = word === -1 ? Number(text) : word + spec.min;
  if (text === "" || !Number.isInteger(value) || value < spec.min || value > spec.max) {
    throw new SyntaxError(`${spec.name}: "${text}" is not from ${spec.min} to ${spec.max}`);
  }
  return value;
}
