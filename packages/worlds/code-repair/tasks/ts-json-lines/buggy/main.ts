export interface ReadResult {
  records: Array<Record<string, unknown>>;
  broken: number[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseLine(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) throw new TypeError('a record must be an object');
  return value;
}

/** Records of a JSON lines text; broken lines are listed by number, from 1. */
export function readLines(text: string): ReadResult {
  const result: ReadResult = { records: [], broken: [] };
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      result.records.push(parseLine(line));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      result.broken.push(index + 1);
    }
  });
  return result;
}

/** One column of the records, without the records that lack it. */
export function column(text: string, name: string): unknown[] {
  return readLines(text).records.filter((record) => Object.hasOwn(record, name)).map((record) => record[name]);
}
