import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Target, UsageError, type Verdict } from "@pawl/core";
import { Languages } from "@pawl/propose";
import {
  constantsIn,
  familyLike,
  openSandbox,
  parseReference,
  removeSnapshot,
  SpeedCheck,
  takeSnapshot,
  type Arguments,
  type Isolation,
  type ProjectSnapshot,
  type Sandbox,
  type TimingPlan,
} from "@pawl/verify";
import { gitState } from "./git-state.ts";
import type { SpeedOptions } from "./options.ts";
import { pathInProject } from "./project-path.ts";
import type { ProjectRecord } from "./record.ts";
import type { LiveProject } from "./run-frame.ts";
import { sourceText } from "./source-text.ts";
import { recordCalls } from "./speed-record.ts";

/** Everything a `speed` run reads from the outside world before it searches; recorded once. */
export interface SpeedPlan extends ProjectRecord {
  readonly isolation: Isolation;
  readonly module: string;
  readonly call: string;
  /** Arguments the function was called with: by the project's tests, or given. */
  readonly examples: readonly Arguments[];
  readonly timing: TimingPlan;
  /** Share of the time of each line of the module. */
  readonly heat: readonly number[];
  /** Verdicts' scores of the base, one by one. */
  readonly baseScores: Readonly<Record<string, readonly number[]>>;
}

const BASE_RUNS = 3;
const MOST_EXAMPLES = 100;

/** The live side of a `speed` run. */
export class SpeedEnvironment implements LiveProject {
  readonly snapshot: ProjectSnapshot;
  readonly languages: Languages;
  readonly module: string;
  readonly call: string;
  readonly sandbox: Sandbox;
  readonly #options: SpeedOptions;
  #check: SpeedCheck | null = null;

  private constructor(
    options: SpeedOptions,
    sandbox: Sandbox,
    snapshot: ProjectSnapshot,
    languages: Languages,
    named: { readonly module: string; readonly call: string },
  ) {
    this.#options = options;
    this.sandbox = sandbox;
    this.snapshot = snapshot;
    this.languages = languages;
    this.module = named.module;
    this.call = named.call;
  }

  static async open(options: SpeedOptions): Promise<SpeedEnvironment> {
    const { path, name } = parseReference(options.target);
    if (!existsSync(resolve(options.root, path)))
      throw new UsageError({
        what: "there is no such file",
        where: path,
        todo: "Name an existing file: path/to/file.ts#name.",
      });
    const sandbox = await openSandbox({
      ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
      unsafe: options.unsafe ?? false,
    });
    const snapshot = await takeSnapshot(options.root, options);
    try {
      const module = pathInProject(snapshot, options.root, path);
      const languages = await Languages.load();
      if (!snapshot.files.includes(module) || languages.of(module) === null)
        throw new UsageError({
          what: "the file is ignored by git, lies outside of the project, or is in a language that cannot be edited",
          where: path,
          todo: `Name a file of the project that ends in ${languages.extensions().join(", ")}.`,
        });
      return new SpeedEnvironment(options, sandbox, snapshot, languages, { module, call: name });
    } catch (error) {
      await removeSnapshot(snapshot);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#check?.close();
    await removeSnapshot(this.snapshot);
  }

  /** Finds calls to learn the inputs from, chooses sizes, and measures and profiles the base. */
  async plan(seed: number, signal: AbortSignal, onPhase: (phase: string) => void): Promise<SpeedPlan> {
    const text = sourceText(this.snapshot.base, this.module);
    const error = this.languages.of(this.module)?.syntaxError(text, this.module) ?? null;
    if (error !== null)
      throw new UsageError({
        what: `syntax error: ${error.message}`,
        where: `${this.module}:${error.line}`,
        todo: "Repair it by hand first.",
      });
    const examples = await this.#examples(text, signal, onPhase);
    onPhase(`measuring ${this.module}#${this.call}`);
    const check = this.#checkOf(examples, text, seed);
    const timing = await check.prepare(signal);
    this.#check = check;
    onPhase("profiling");
    const heat = await check.profile(text.split("\n").length, signal);
    const base = new Target({ [this.module]: text }, this.snapshot.hash).base;
    const scores: Record<string, number[]> = {};
    for (let n = 0; n < BASE_RUNS; n++) {
      const verdict = await check.screen({ candidate: base, files: {} }, signal);
      for (const [name, values] of Object.entries(verdict.scores)) (scores[name] ??= []).push(...values);
    }
    return {
      root: this.snapshot.root,
      tree: this.snapshot.hash,
      git: gitState(this.snapshot.root),
      sources: { [this.module]: text },
      isolation: this.sandbox.isolation,
      module: this.module,
      call: this.call,
      examples,
      timing,
      heat,
      baseScores: scores,
    };
  }

  /** The check of a plan, made now or for a run that is resumed. */
  async check(plan: SpeedPlan, signal: AbortSignal): Promise<SpeedCheck> {
    if (this.#check === null) {
      const check = this.#checkOf(plan.examples, plan.sources[plan.module] ?? "", plan.timing.seed);
      await check.prepare(signal, plan.timing);
      this.#check = check;
    }
    return this.#check;
  }

  #checkOf(examples: readonly Arguments[], text: string, seed: number): SpeedCheck {
    return new SpeedCheck({
      measured: { sandbox: this.sandbox, snapshot: this.snapshot, module: this.module, call: this.call },
      examples,
      family: this.#options.family ?? familyLike(examples),
      constants: constantsIn(text),
      seed,
    });
  }

  async #examples(text: string, signal: AbortSignal, onPhase: (phase: string) => void): Promise<readonly Arguments[]> {
    const { cases, examples, test, root } = this.#options;
    if (examples !== undefined) return examples;
    if (cases !== undefined) return readCases(resolve(root, cases));
    onPhase("recording the calls that the tests make");
    const found = await recordCalls(
      {
        sandbox: this.sandbox,
        snapshot: this.snapshot,
        module: this.module,
        call: this.call,
        text,
        root,
        ...(test === undefined ? {} : { test }),
      },
      this.languages,
      signal,
    );
    if (found.length > 0) return found.slice(0, MOST_EXAMPLES);
    throw new UsageError({
      what: "the tests make no call of the function whose arguments are plain data",
      where: `${this.module}#${this.call}`,
      todo: "Give calls yourself: --cases calls.json, a JSON array with one array of arguments for each call.",
    });
  }
}

function readCases(path: string): readonly Arguments[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new UsageError({
      what: `the cases cannot be read: ${(cause as Error).message}`,
      where: path,
      todo: "Give a JSON file.",
      cause,
    });
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(Array.isArray))
    throw new UsageError({
      what: "the cases are not a list of lists of arguments",
      where: path,
      todo: "Write one array of arguments for each call: [[[3, 1, 2], 1], [[], 0]]",
    });
  return value as readonly Arguments[];
}

/** The verdict of the start, from its recorded scores. */
export function speedBaseVerdict({ baseScores }: SpeedPlan): Verdict {
  return { status: "passed", scores: baseScores, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
}
