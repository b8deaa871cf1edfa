import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { MachineError } from "@pawl/core";
import type { ArmRun } from "./settle.ts";
import type { Measurements, Row } from "./system.ts";

/** What one arm did with one seed, and where it comes from. */
export interface LabResult extends ArmRun {
  readonly system: string;
  /** Version of the recipe. */
  readonly version: number;
  readonly quick: boolean;
  readonly spent: number;
  readonly seconds: number;
  /** Abbreviated commit of the code that ran; with `+` when files were changed since. Null outside of a repository. */
  readonly commit: string | null;
  /** ISO date and time. */
  readonly at: string;
}

/** A line of a results file: rows by column, for they are many and alike. */
interface Line extends Omit<LabResult, "rows" | "system"> {
  readonly tasks: readonly string[];
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Results of the systems, one file of JSON lines for each, appended to and never rewritten. */
export class ResultsStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Every result of a system, oldest first. A last line that was cut off by a crash is left out; any other that is no result is an error. */
  read(system: string): readonly LabResult[] {
    const path = this.#path(system);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").split("\n");
    const last = lines.length - 1;
    return lines.flatMap((line, at) => {
      const parsed = parse(line);
      if (parsed !== null) return [{ ...withRows(parsed), system }];
      if (at === last) return []; // empty, or cut off
      throw new MachineError({
        what: "a line of the results is no result",
        where: `${path}:${at + 1}`,
        todo: "Restore the file, or remove the line: what it held is then measured again.",
      });
    });
  }

  append(result: LabResult): void {
    const { rows, system, ...rest } = result;
    const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
    const line: Line = {
      ...rest,
      tasks: rows.map(({ task }) => task),
      values: Object.fromEntries(
        names.map((name) => [name, rows.map(({ values }) => shortened(values[name] ?? null))]),
      ),
    };
    mkdirSync(this.folder, { recursive: true });
    const path = this.#path(system);
    endLastLine(path);
    appendFileSync(path, `${JSON.stringify(line)}\n`);
  }

  #path(system: string): string {
    return join(this.folder, `${system}.jsonl`);
  }
}

/** The results that count: of this version of the recipe, quick or full, the latest of each arm and seed. */
export function currentResults(
  results: readonly LabResult[],
  { version, quick }: Pick<LabResult, "version" | "quick">,
): readonly LabResult[] {
  const latest = new Map<string, LabResult>();
  for (const result of results)
    if (result.version === version && result.quick === quick) latest.set(`${result.arm}|${result.seed}`, result);
  return [...latest.values()];
}

export function resultOf(about: Omit<LabResult, "rows" | "spent">, { rows, spent }: Measurements): LabResult {
  return { ...about, rows, spent };
}

/** Removes what a crash left of a line, so that the next one begins on its own. */
function endLastLine(path: string): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end === bytes.length) return;
  if (parse(bytes.toString("utf8", end)) === null) truncateSync(path, end);
  else appendFileSync(path, "\n");
}

/** Null when the line is no result. */
function parse(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Partial<Line> | null;
    const whole = typeof value?.arm === "string" && Array.isArray(value.tasks) && typeof value.values === "object";
    return whole ? (value as Line) : null;
  } catch {
    return null;
  }
}

function withRows({ tasks, values, ...rest }: Line): Omit<LabResult, "system"> {
  const rows = tasks.map((task, i): Row => ({
    task,
    values: Object.fromEntries(Object.entries(values).map(([name, column]) => [name, column[i] ?? null])),
  }));
  return { ...rest, rows };
}

/** Six significant digits. */
function shortened(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
