import { unjudged, type ArchiveView } from "./archive.ts";
import type { CandidateId } from "./candidate.ts";
import type { Evaluated, Spent, Submission } from "./contracts.ts";
import type { Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

/** What is wanted of a candidate, and when its screening is good enough to look closer. */
export interface Gate {
  /** Scalar to maximise; null when the verdict has no score. */
  fitness(verdict: Verdict): number | null;
  /** Is this screened candidate worth a confirmation? */
  promising(result: Evaluated, archive: ArchiveView): boolean;
  /** The word that counts. Makes measurements; what it returns is recorded. */
  confirm(submission: Submission, archive: ArchiveView, signal: AbortSignal): Promise<Confirmation>;
  /** A reason to stop before the budget is used up, or null. A function of what was recorded only. */
  satisfied(progress: Progress): string | null;
}

export interface Confirmation {
  readonly verdict: Verdict;
  readonly kept: boolean;
  /** One line: why it was kept or not. */
  readonly reason: string;
}

export interface Progress {
  readonly archive: ArchiveView;
  /** Ids of kept candidates, in order. */
  readonly kept: readonly CandidateId[];
  readonly screened: number;
  readonly confirmed: number;
  /** `screened` at the time when something was kept last; null when nothing was. */
  readonly lastKeptAt: number | null;
  /** What answers from outside cost so far. */
  readonly spent: Spent;
}

/** The base as the loop wants it, with the verdict of its baseline. */
export function judgedBase(target: Target, verdict: Verdict, gate: Gate): Evaluated {
  return { ...unjudged(target.base), verdict, fitness: gate.fitness(verdict), confirmed: true };
}
