import type { Growth, Isolation } from "@pawl/verify";
import type { RunState, Spent } from "@pawl/core";
import type { LessonTrial } from "./lessons/trial.ts";

/** Shapes of `--json`, stable: scripts depend on them. Documented in docs/json.md. */

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

export interface EvaluationCount {
  /** Candidates judged by the quick, possibly warm check. */
  readonly screened: number;
  /** Candidates judged again in a fresh box by the user's own command. */
  readonly confirmed: number;
}

export interface FixResult {
  readonly run: string;
  readonly status: "fixed" | "not-fixed";
  /** Unified diff of the best candidate against the base; empty when nothing was found. */
  readonly patch: string;
  /** Files the patch changes. */
  readonly files: readonly string[];
  readonly tests: { readonly before: TestCount; readonly after: TestCount; readonly heldOut: TestCount | null };
  /** The project's type checker, which finds no error in the result that was not there before; null where there is none. */
  readonly types: { readonly checker: string; readonly errorsBefore: number } | null;
  readonly evaluations: EvaluationCount;
  /** Did lessons of earlier runs help? Left out when they were not asked. */
  readonly lessons?: LessonTrial;
  /** What answers from outside cost; left out when nobody was asked. */
  readonly answers?: Spent;
  readonly seconds: number;
  readonly isolation: Isolation;
  readonly proposer: string;
  readonly search: string;
}

export interface Baseline {
  readonly name: string;
  readonly score: number;
  readonly evaluations: number;
}

/** A further objective of `evolve`. */
export interface OtherScore {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** 95 % interval of the gain from fresh paired measurements; null without noise. */
  readonly interval: readonly [number, number] | null;
}

/** A candidate with the scores of its last verdict: they were not measured again, unless it says confirmed. */
export interface FrontMember {
  readonly candidate: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly confirmed: boolean;
  readonly summary: string;
}

export interface EvolveResult {
  readonly run: string;
  readonly status: "improved" | "not-improved";
  readonly score: {
    readonly before: number;
    readonly after: number;
    /** 95 % interval of the gain from fresh paired measurements; null for a score without noise or without a gain. */
    readonly interval: readonly [number, number] | null;
    /** Scores of the held-out command, opened once at the end; null when there is none. */
    readonly heldOut: { readonly before: number; readonly after: number } | null;
  };
  /** Further objectives, in the order they were named. */
  readonly others: readonly OtherScore[];
  /** Of several objectives: the candidates that no other beats in all of them, the base among them if nobody beats it. */
  readonly front?: readonly FrontMember[];
  readonly baselines: readonly Baseline[];
  readonly patch: string;
  readonly files: readonly string[];
  readonly evaluations: EvaluationCount;
  /** What answers from outside cost; left out when nobody was asked. */
  readonly answers?: Spent;
  readonly seconds: number;
  readonly isolation: Isolation;
  readonly proposer: string;
  readonly search: string;
}

export interface SpeedResult {
  readonly run: string;
  readonly status: "faster" | "not-faster";
  /** `file#function`. */
  readonly target: string;
  /** CPU milliseconds of the timed calls, read from outside of the box, on inputs that the search did not see. */
  readonly cpu: {
    readonly unit: "cpuMs";
    readonly before: number;
    readonly after: number;
    /** Time before over time after: geometric mean of fresh pairs. */
    readonly ratio: number;
    /** 95 % interval of the ratio; null when nothing was kept. */
    readonly interval: readonly [number, number] | null;
    readonly distributions: readonly {
      readonly name: string;
      readonly size: number;
      readonly before: number;
      readonly after: number;
    }[];
  };
  /** Exponent k of time ~ size^k with a 95 % interval; null where it cannot be told. */
  readonly growth: { readonly before: Growth | null; readonly after: Growth | null };
  /** What the result was compared on with the function as it was. */
  readonly checked: {
    /** Calls of the tests, or given ones. */
    readonly examples: number;
    /** Generated calls. */
    readonly calls: number;
    /** Large inputs whose results were compared, too. */
    readonly timedInputs: number;
  };
  readonly patch: string;
  readonly files: readonly string[];
  readonly evaluations: EvaluationCount;
  /** What answers from outside cost; left out when nobody was asked. */
  readonly answers?: Spent;
  readonly seconds: number;
  readonly isolation: Isolation;
  readonly proposer: string;
  readonly search: string;
}

/** What a run ends with. */
export type RunResult = FixResult | EvolveResult | SpeedResult;

export interface RunSummary {
  readonly run: string;
  readonly command: string;
  readonly state: RunState;
  /** `fixed`, `improved` …; null while it is not finished. */
  readonly outcome: string | null;
  /** ISO 8601. */
  readonly started: string;
  readonly evaluations: EvaluationCount;
}

export interface AttemptLine {
  readonly n: number;
  readonly candidate: string;
  readonly summary: string;
  readonly status: string;
  /** Mean of each score's repetitions. */
  readonly scores: Readonly<Record<string, number>>;
  readonly confirmed: boolean;
  readonly kept: boolean;
  /** Mean log-probability (natural, for a token) of the model's answer it was made from; only where a model told it. */
  readonly logProbability?: number;
}

export interface RunDetail extends RunSummary {
  readonly config: unknown;
  /** The result document of the finished run. */
  readonly result: RunResult | null;
  /** Every candidate, in order. */
  readonly attempts: readonly AttemptLine[];
  readonly seconds: number;
  readonly reason: string | null;
}

export interface ReplayReport {
  readonly run: string;
  readonly identical: boolean;
  readonly events: number;
  /** SHA-256 over the events' canonical text. */
  readonly digest: string;
  readonly rechecked: boolean;
  readonly differences: readonly { readonly n: number; readonly recorded: string; readonly now: string }[];
}

export interface DoctorReport {
  readonly node: { readonly version: string; readonly path: string };
  readonly isolation: {
    readonly best: Isolation;
    readonly backends: readonly { readonly name: Isolation; readonly works: boolean; readonly reason: string }[];
    /** Whether the kernel's control groups bound the memory and the processes of each box as a whole; where not, each process has its limits. */
    readonly controlGroups: { readonly works: boolean; readonly detail: string };
    /** What the best of them promises, each tried to be broken on the spot. */
    readonly properties: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
  };
  readonly languages: readonly {
    readonly name: string;
    readonly works: boolean;
    readonly version: string | null;
    readonly detail: string;
  }[];
  readonly models: readonly { readonly name: string; readonly works: boolean; readonly detail: string }[];
  readonly problems: readonly { readonly what: string; readonly todo: string }[];
}

export function answersOf({ spent }: { readonly spent: Spent }): { readonly answers?: Spent } {
  return spent.answers === 0 ? {} : { answers: spent };
}
