import type { ChangedFiles } from "@pawl/core";
import { estree } from "@pawl/propose";

/** Answers an agent's questions during one piece of work, and counts what they cost. */
export interface Desk {
  /** Executions on visible tests that are left. */
  readonly left: number;
  /** Throws for a question that is not one, with words for the agent. */
  answer(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** What the agent is told of a candidate: nothing that a hidden case could change. */
export interface VisibleVerdict {
  readonly status: "passed" | "failed" | "error";
  /** Share of the visible cases that pass. */
  readonly score: number;
  readonly failing: readonly string[];
}

/** What stands behind a desk: the tests of one task. */
export interface VisibleTests {
  /** Texts as the task gives them. */
  readonly files: ChangedFiles;
  judge(batch: readonly ChangedFiles[]): Promise<readonly VisibleVerdict[]>;
  /** How suspicious each line is, by path. */
  suspects(): Promise<Readonly<Record<string, readonly number[]>>>;
}

/** One question of an agent's to the tests, kept for diagnosis. */
export interface Attempt extends VisibleVerdict {
  readonly files: ChangedFiles;
}

/** Characters of all texts of a question together: parsing is free, but takes the engine's time. */
const LONGEST_TEXTS = 512 * 1024;

/** The host of one task: parsing is free, executions are counted here and nowhere else. */
export class TaskDesk implements Desk {
  readonly attempts: Attempt[] = [];
  readonly #tests: VisibleTests;
  readonly #allowed: (path: string) => boolean;
  #left: number;
  located = false;

  /** `allowed`: which paths a candidate may change; default those of the task. */
  constructor(tests: VisibleTests, vcalls: number, allowed?: (path: string) => boolean) {
    this.#tests = tests;
    this.#left = vcalls;
    this.#allowed = allowed ?? ((path) => Object.hasOwn(tests.files, path));
  }

  get left(): number {
    return this.#left;
  }

  async answer(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (name === "parse")
      return Object.fromEntries(
        Object.entries(textsOf(args["files"])).map(([path, text]) => [
          path,
          path.endsWith(".json") ? null : estree(text, path),
        ]),
      );
    if (name === "suspects") {
      this.#spend(1);
      this.located = true;
      return { value: await this.#tests.suspects(), vcalls: this.#left };
    }
    if (name === "runVisible") {
      const batch = Array.isArray(args["batch"]) ? args["batch"].map(textsOf) : null;
      if (batch === null) throw new Error("runVisible needs a list of changed files");
      const foreign = batch.flatMap((files) => Object.keys(files)).find((path) => !this.#allowed(path));
      if (foreign !== undefined) throw new Error(`a candidate may not change ${foreign}`);
      const paid = batch.slice(0, this.#left);
      this.#spend(paid.length);
      const verdicts = await this.#tests.judge(paid);
      this.attempts.push(...verdicts.map((verdict, i) => ({ ...verdict, files: paid[i] as ChangedFiles })));
      return { value: verdicts, vcalls: this.#left };
    }
    throw new Error(`the host has no '${name.slice(0, 50)}'`);
  }

  #spend(vcalls: number): void {
    if (vcalls > this.#left) throw new Error("nothing is left to spend");
    this.#left -= vcalls;
  }
}

/** Texts by path; anything else is an error of the agent's. */
export function textsOf(value: unknown): ChangedFiles {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("no texts by path");
  let length = 0;
  for (const text of Object.values(value)) {
    length += typeof text === "string" ? text.length : Infinity;
    if (length > LONGEST_TEXTS) throw new Error("a text is missing, or too long");
  }
  return value as ChangedFiles;
}
