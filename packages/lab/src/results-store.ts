import { join } from "node:path";
import { MachineError } from "@pawl/core";
import { appendJsonLine, readJsonLines } from "./json-lines.ts";
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
    const wrong = (where: string): Error =>
      new MachineError({
        what: "a line of the results is no result",
        where,
        todo: "Restore the file, or remove the line: what it held is then measured again.",
      });
    return readJsonLines(this.#path(system), parse, wrong).map((line) => ({ ...withRows(line), system }));
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
    appendJsonLine(this.#path(system), line);
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
