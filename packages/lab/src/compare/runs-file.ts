import { UsageError } from "@pawl/core";
import { appendJsonLine, readJsonLines } from "../json-lines.ts";
import type { Trace } from "./world.ts";

/** A trace and what it is of; a line of the file. */
export interface RecordedRun extends Trace {
  readonly world: string;
  readonly task: string;
  /** Of the task's text. */
  readonly key: string;
  readonly search: string;
  readonly proposer: string;
  readonly again: boolean;
  readonly seed: number;
  readonly budget: number;
  readonly seconds: number;
}

/** Runs that were compared, one JSON line each, appended to and never rewritten. */
export class RunsFile {
  readonly path: string;
  readonly #known = new Map<string, RecordedRun>();

  /** Throws a UsageError when the file holds anything but such runs; a last line that was cut off is left out. */
  constructor(path: string) {
    this.path = path;
    const wrong = (where: string): Error =>
      new UsageError({
        what: "a line is no run that was compared",
        where,
        todo: "Name another file with --out, or remove the line: what it held is then measured again.",
      });
    for (const run of readJsonLines(path, parse, wrong)) this.#known.set(nameOf(run), run);
  }

  get(run: Omit<RecordedRun, keyof Trace | "seconds">): RecordedRun | undefined {
    return this.#known.get(nameOf(run));
  }

  append(run: RecordedRun): void {
    appendJsonLine(this.path, run);
    this.#known.set(nameOf(run), run);
  }
}

function nameOf(run: Omit<RecordedRun, keyof Trace | "seconds">): string {
  const { world, task, key, search, proposer, again, seed, budget } = run;
  return JSON.stringify([world, task, key, search, proposer, again, seed, budget]);
}

/** Null when the line is no such run. */
function parse(line: string): RecordedRun | null {
  try {
    const run = JSON.parse(line) as Partial<RecordedRun> | null;
    const whole =
      typeof run?.task === "string" &&
      typeof run.search === "string" &&
      Array.isArray(run.steps) &&
      Number.isInteger(run.seed);
    return whole ? (run as RecordedRun) : null;
  } catch {
    return null;
  }
}
