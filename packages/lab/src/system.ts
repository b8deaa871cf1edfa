import type { Rng } from "@pawl/core";

export interface Paper {
  readonly title: string;
  /** Identifier on arXiv, where there is one: `2410.20285`. */
  readonly arxiv?: string;
  readonly year: number;
  /** What it claims, with its figures. */
  readonly claim: string;
}

/** What a system does in a round of the loop. */
export type Stage = "propose" | "verify" | "critique" | "select" | "learn" | "remember";

/** One way to do it: the method, or something it is compared with under the same budget. */
export interface Arm {
  readonly id: string;
  /** One line. */
  readonly title: string;
  /**
   * `baseline` is the paper's own comparison, `control` the dull one (resampling, random edits, shuffled feedback), `ablation` the method
   * without a part, `variant` the method done otherwise.
   */
  readonly role: "method" | "baseline" | "control" | "ablation" | "variant";
}

/** What one arm did on one task with one seed: numbers by name, null where there is none. Shares are 0 or 1 here. */
export interface Row {
  readonly task: string;
  readonly values: Readonly<Record<string, number | null>>;
}

export interface Measurements {
  readonly rows: readonly Row[];
  /** Executions of new candidates on their visible checks, or whatever the budget counts: equal in all arms that are compared. */
  readonly spent: number;
}

/**
 * A testable statement, its margin fixed before it is measured. The metric is aggregated over the tasks for each seed and arm; seeds are the
 * repetitions. Without `right`, the aggregate of `left` itself is meant.
 */
export interface Inequality {
  readonly id: string;
  /** One sentence. */
  readonly says: string;
  readonly metric: string;
  readonly left: string;
  readonly right?: string;
  /** Default: difference. */
  readonly compare?: "difference" | "ratio";
  /** Default: mean over the tasks; tasks without the metric are left out. */
  readonly aggregate?: "mean" | "max" | "sum";
  /** Ids of the tasks it is about; default all. */
  readonly tasks?: (task: string) => boolean;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Whether the outcome depends on it; else it is reported only. */
  readonly gated: boolean;
  /** The day on which the margin was fixed: `2026-11-26`. */
  readonly since: string;
  /** Earlier margins, with the reason why each was given up. */
  readonly history?: readonly { readonly until: string; readonly margin: number; readonly why: string }[];
}

export interface LabContext {
  readonly seed: number;
  /** The smallest honest configuration: fewer tasks, the same arms. */
  readonly quick: boolean;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  /** One line for whoever watches. */
  readonly note: (line: string) => void;
}

/** A named composition from a paper, with its claim. */
export interface System {
  /** As in the catalogue. */
  readonly id: string;
  readonly paper: Paper;
  readonly stages: readonly Stage[];
  /** What it does, in a paragraph or two of our own, as Markdown. */
  readonly mechanism: string;
  /** Where the miniature differs from the paper, and why. */
  readonly deviations: readonly string[];
  /** Budget of an arm on a task, in words: `60 evaluations`. */
  readonly budget: string;
  readonly arms: readonly Arm[];
  /** Must hold before the claim means anything. */
  readonly preconditions?: readonly Inequality[];
  readonly claim: readonly Inequality[];
  /** Seeds of the full measurement; default 5. */
  readonly seeds?: number;
  /** Raised when the recipe changes so that earlier results are no longer its own. */
  readonly version: number;
  /** After a measurement that did not reproduce: why, and what a second attempt gave. */
  readonly analysis?: string;
  /** Called for each arm and seed, in any order, several at a time. Throws when the signal is aborted. */
  run(arm: Arm, context: LabContext): Promise<Measurements>;
  /** Gives back processes and folders. */
  close?(): Promise<void>;
}

const SEEDS = 5;
const QUICK_SEEDS = 1;

/** Seeds a measurement takes when nobody says otherwise. */
export function seedsOf(system: System, quick: boolean): number {
  return quick ? QUICK_SEEDS : (system.seeds ?? SEEDS);
}
