import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * The lines of a file of JSON objects, one each; none where there is no file. `parse` gives null for a line that is none of them, which throws what
 * `wrong` makes of its place (`path:line`). A last line that a crash cut off is left out.
 */
export function readJsonLines<T>(
  path: string,
  parse: (line: string) => T | null,
  wrong: (where: string) => Error,
): readonly T[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  const last = lines.length - 1;
  return lines.flatMap((line, at) => {
    if (line === "" || (at === last && isCutOff(line))) return [];
    const parsed = parse(line);
    if (parsed === null) throw wrong(`${path}:${at + 1}`);
    return [parsed];
  });
}

/** Appends an object as a line of its own; what a crash left of the line before it is removed. */
export function appendJsonLine(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!endsALine(path)) endLastLine(path);
  appendFileSync(path, `${JSON.stringify(value)}\n`);
}

/** Also where there is nothing yet. */
function endsALine(path: string): boolean {
  if (!existsSync(path)) return true;
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const byte = Buffer.alloc(1);
    return size === 0 || (readSync(file, byte, 0, 1, size - 1) === 1 && byte.toString() === "\n");
  } finally {
    closeSync(file);
  }
}

function endLastLine(path: string): void {
  const bytes = readFileSync(path);
  const start = bytes.lastIndexOf("\n") + 1;
  if (isCutOff(bytes.toString("utf8", start))) truncateSync(path, start);
  else appendFileSync(path, "\n");
}

/** The beginning of an object, and not all of it: nothing else is ever left by a crash, or thrown away. */
function isCutOff(line: string): boolean {
  if (!line.startsWith("{")) return false;
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}
