import type { BudgetLimits } from "@pawl/core";
import type { ExpertDesk, PersonDesk } from "@pawl/propose";
import type { Arguments, InputFamily, Isolation } from "@pawl/verify";
import type { AgentOptions } from "./outside-proposers.ts";
import type { NamedModels } from "./models.ts";
import type { Matrix } from "./matrix-views.ts";

/** What the commands share. */
export interface RunOptions {
  /** Project root; absolute. */
  readonly root: string;
  /** Folder of the store; default `<root>/.pawl`. */
  readonly state?: string;
  readonly budget?: BudgetLimits;
  readonly seed?: number;
  readonly search?: string;
  readonly proposer?: string;
  /** What a coding agent gets, when one is the proposer. */
  readonly agent?: AgentOptions;
  /** Where a person's changes come from, when a person is the proposer; default: `pawl submit`. */
  readonly desk?: PersonDesk;
  /** Models by name; default: those of `pawl.config.ts`. */
  readonly models?: NamedModels;
  /** Folder with prompt templates that take the place of Pawl's, relative to the root. */
  readonly prompts?: string;
  /** Project-relative paths or globs that boxes do not get: a submodule, large data. */
  readonly exclude?: readonly string[];
  /** Those that boxes get although git ignores them: the output of a build, settings for the tests. */
  readonly include?: readonly string[];
  /** Checks at the same time; default the number of cores. */
  readonly jobs?: number;
  /** A backend to insist on. */
  readonly isolation?: Isolation;
  /** Run untrusted code without a sandbox. */
  readonly unsafe?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface FixOptions extends RunOptions {
  /** Files and folders that may change; default: source files the failing tests execute. */
  readonly paths?: readonly string[];
  /** Test command; default: found in the project. */
  readonly test?: string;
  /** Share of the tests kept back until the end; default 0.2 where there are enough of them, 0 keeps none back. */
  readonly heldOut?: number;
  /** Seconds one run of the whole suite may take; default 300. */
  readonly testTimeout?: number;
  /** Allow edits of test files. */
  readonly editTests?: boolean;
  /** Text that reports the fault, its first line the title: lines it leads to are tried sooner, and whoever thinks gets to read it. */
  readonly issue?: string;
  /** Let lessons of earlier runs say which changes to try first; the result tells whether they helped. Default false. */
  readonly lessons?: boolean;
  /** How much of a failure the next proposal is told: simple, tests, explanation (models only) or trace; default for models: tests. */
  readonly feedback?: string;
  /** Critics whose word goes into prompts and into the weights of edits: rules, value, taxonomy, model; default none. */
  readonly critics?: readonly string[];
  /** Run the tests with each of these versions of a dependency; all of them must pass. */
  readonly matrix?: Matrix;
}

export interface EvolveOptions extends RunOptions {
  readonly files: readonly string[];
  /** Command whose last line is a number or a JSON object of numbers. */
  readonly score: string;
  /** Score command on instances the search never sees; run once for the base and once for the result. */
  readonly heldOutScore?: string;
  /** Which numbers of a JSON object count: see `parseObjectives`; default `score`, else the first. */
  readonly objective?: string;
  readonly minimize?: boolean;
  /** Seconds one run of the score command may take; default 60 for the start, and for candidates 20 times what that took, 10 to 60. */
  readonly scoreTimeout?: number;
  /** Only the regions between the comments `pawl:block name` and `pawl:end` may change, one at a time. */
  readonly blocks?: boolean;
  /** Module whose export `problem` describes variables, bounds and constraints, for basin hopping. */
  readonly problem?: string;
  /** Spend the same budget on random edits and report it beside the result; default true. */
  readonly baselines?: boolean;
  /** Smallest gain worth keeping, in the score's unit. */
  readonly minGain?: number;
  /** Stop as soon as this score is reached. */
  readonly goal?: number;
}

export interface SpeedOptions extends RunOptions {
  /** `path/to/file.ts#function`, relative to the root. */
  readonly target: string;
  /** JSON file with calls, one array of arguments for each; default: those the project's tests make. */
  readonly cases?: string;
  /** The same, already read. */
  readonly examples?: readonly Arguments[];
  /** Makes large inputs; default: some that are like the examples. */
  readonly family?: InputFamily;
  /** Test command; default: found in the project. */
  readonly test?: string;
  /** Smallest share of the time that has to be saved; default 0.05. */
  readonly minGain?: number;
  /** Who reviews every measured rewrite and says what to try next: rules, a person, nobody (default). */
  readonly expert?: "scripted" | "me" | "none";
  /** Where a person is asked, when a person is the expert. */
  readonly expertDesk?: ExpertDesk;
}

/** What a person watching wants to know. */
export interface RunProgress {
  readonly run: string;
  /** What is going on: `running the tests`, `looking for the fault`, `searching`, `confirming`, `held-out tests`. */
  readonly phase: string;
  /** Something the person should know, said once. */
  readonly note?: string;
  /** The last thing tried, in words. */
  readonly trying?: string;
  readonly best?: { readonly summary: string; readonly fitness: number | null };
  /** That of the base. */
  readonly base?: number | null;
  readonly screened: number;
  readonly confirmed: number;
  readonly kept: number;
  /** What is left of each limited unit. */
  readonly left: BudgetLimits;
  readonly seconds: number;
}

/** Of the options, those that say which files of the project a snapshot has. */
export function copiedFiles({
  exclude,
  include,
}: Pick<RunOptions, "exclude" | "include">): Pick<RunOptions, "exclude" | "include"> {
  return { ...(exclude === undefined ? {} : { exclude }), ...(include === undefined ? {} : { include }) };
}
