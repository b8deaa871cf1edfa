import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { ProcessResult } from "../process.ts";
import type { TestOutcome, TestReport } from "./types.ts";

/**
 * One line of a harness's report. Paths are absolute or relative to the project root.
 * A report may hold several runs (`vitest run a && vitest run b`): each has a `start` and a `done`.
 */
export type ReportRecord =
  | { readonly kind: "start" }
  | {
      readonly kind: "test";
      readonly file: string;
      /** Suites, then the test. */
      readonly names: readonly string[];
      readonly status: TestOutcome["status"];
      readonly message?: string;
      /** V8's own stack text, already mapped to the source where the runner maps it. */
      readonly stack?: string;
      readonly expected?: string;
      readonly actual?: string;
      readonly inSetup?: boolean;
      readonly hits?: Readonly<Record<string, readonly number[]>>;
    }
  | { readonly kind: "error"; readonly file?: string; readonly message: string }
  | { readonly kind: "done" };

/** What a report says, before anything is known about the process that wrote it. */
export type ParsedReport = Pick<TestReport, "tests" | "errors" | "complete">;

/**
 * A private folder for one run; the file's name is the nonce, so only who was handed it can write it. The folder itself lies on this
 * machine's disk and is not for a candidate to fill: boxes show it read-only, and in it these two files writable, which have a limit.
 */
export class ReportFolder {
  /** Absolute; to be shown read-only in the box. */
  readonly folder = mkdtempSync(join(tmpdir(), "pawl-report-"));
  /** Absolute path of the JSON lines file. */
  readonly file = join(this.folder, `${randomBytes(16).toString("hex")}.jsonl`);
  /** Absolute; to be shown writable in the box: the report, and what test processes note for it. */
  readonly files = [this.file, `${this.file}.hits`];

  constructor() {
    for (const file of this.files) writeFileSync(file, "");
  }

  /** Text written so far; empty when the harness never started. */
  read(): string {
    try {
      return readFileSync(this.file, "utf8");
    } catch {
      return "";
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Reads the lines of a report; a torn last line (the writer was killed) is left out. */
export function parseRecords(text: string): ReportRecord[] {
  const records: ReportRecord[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    try {
      records.push(JSON.parse(line) as ReportRecord);
    } catch {
      // Only a killed writer leaves a torn line, and then the missing `done` says so.
    }
  }
  return records;
}

/** Records to outcomes: ids made unique, paths made relative to `root`, stacks cut down to the project. */
export function toReport(records: readonly ReportRecord[], root: string): ParsedReport {
  const tests: TestOutcome[] = [];
  const errors: { file?: string; message: string }[] = [];
  const seen = new Map<string, number>();
  let starts = 0;
  let dones = 0;
  for (const record of records) {
    if (record?.kind === "start") starts++;
    else if (record?.kind === "done") dones++;
    else if (record?.kind === "error") {
      const file = record.file === undefined ? undefined : projectPath(record.file, root);
      errors.push({ ...(file !== undefined && { file }), message: clean(String(record.message), 4000) });
    } else if (isTest(record)) tests.push(outcome(record, root, seen));
    else errors.push({ message: "the report holds a line that no reporter writes" });
  }
  return { tests, errors, complete: starts > 0 && dones >= starts };
}

/** The file is open to whatever runs beside the reporter. */
function isTest(record: ReportRecord & { kind: "test" }): boolean {
  const { kind, file, names, status } = Object(record) as Partial<typeof record>;
  return kind === "test" && typeof file === "string" && typeof status === "string" && isNames(names);
}

function isNames(names: unknown): boolean {
  return Array.isArray(names) && names.every((name) => typeof name === "string");
}

function outcome(record: ReportRecord & { kind: "test" }, root: string, seen: Map<string, number>): TestOutcome {
  const file = projectPath(record.file, root) ?? record.file;
  const name = [file, ...record.names.map((part) => part.replace(/\s+/g, " ").trim())].join(" > ");
  const count = (seen.get(name) ?? 0) + 1;
  seen.set(name, count);
  const hits: Record<string, readonly number[]> = {};
  for (const [path, lines] of Object.entries(record.hits ?? {})) hits[projectPath(path, root) ?? path] = lines;
  return {
    id: count === 1 ? name : `${name} #${count}`,
    file,
    status: record.status,
    ...(record.message !== undefined && { message: clean(record.message, 4000) }),
    ...(record.stack !== undefined && { stack: framesInside(record.stack, root) }),
    ...(record.expected !== undefined && { expected: clean(record.expected, 2000) }),
    ...(record.actual !== undefined && { actual: clean(record.actual, 2000) }),
    ...(record.inSetup === true && { inSetup: true }),
    ...(record.hits !== undefined && { hits }),
  };
}

/** The frames of a V8 stack text that lie in the project and not in its dependencies, innermost first. */
export function framesInside(stack: string, root: string): { path: string; line: number }[] {
  const frames: { path: string; line: number }[] = [];
  for (const text of stack.split("\n")) {
    const match = /^\s*at (?:.*\()?((?:file:\/\/)?\/.*?):(\d+)(?::\d+)?\)?$/.exec(stripVTControlCharacters(text));
    const path = match?.[1] === undefined ? undefined : projectPath(match[1], root);
    if (path !== undefined && !/(^|\/)node_modules\//.test(path)) frames.push({ path, line: Number(match?.[2]) });
  }
  return frames;
}

/** Project-relative path with forward slashes, without a query; undefined when outside the project. */
export function projectPath(path: string, root: string): string | undefined {
  const bare = (path.startsWith("file://") ? fileURLToPath(path) : path).replace(/\?.*$/, "");
  const inside = isAbsolute(bare) ? relative(root, bare) : bare;
  return inside === "" || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? undefined : inside.split(sep).join("/");
}

/** The report of a finished process; says why when the runner never said that it was done. */
export function finishReport(parsed: ParsedReport, result: ProcessResult, runner: string): TestReport {
  const complete = parsed.complete && !result.timedOut;
  const errors = [...parsed.errors];
  if (!complete && !result.timedOut) {
    const end = result.signal === null ? `exit code ${result.exitCode}` : `signal ${result.signal}`;
    const tail = clean(`${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-20).join("\n"), 4000);
    errors.push({
      message: `${runner} ended before it reported that it was done (${end})${tail === "" ? "" : `:\n${tail}`}`,
    });
  }
  return {
    tests: parsed.tests,
    errors,
    timedOut: result.timedOut,
    complete,
    wallMs: result.wallMs,
    cpuMs: result.cpuMs,
  };
}

function clean(text: string, length: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length > length ? `${plain.slice(0, length)} …` : plain;
}
