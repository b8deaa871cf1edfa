import type { EditWeights, Submission } from "./contracts.ts";
import type { FaultClass } from "./fault-class.ts";
import type { Verdict } from "./verdict.ts";

/** What a critic may look at besides the candidate and its verdict. */
export interface CritiqueContext {
  /** Text of a file of the base. */
  read(path: string): string;
  /** Scores of the lines by path, where they are known. */
  readonly suspiciousness: Readonly<Record<string, readonly number[]>>;
  readonly signal: AbortSignal;
}

/** A cause named by a critic. */
export interface Finding {
  /** Probabilities of the kinds of faults; they sum to 1. */
  readonly kinds: Readonly<Partial<Record<FaultClass, number>>>;
  readonly path?: string;
  /** 1-based. */
  readonly line?: number;
}

/** What a critic says. It explains or predicts a verdict; only checks make one. */
export interface Critique {
  readonly critic: string;
  /** For the next proposal: a few sentences. */
  readonly text: string;
  readonly finding?: Finding;
  /** What it thinks of elementary edits of the candidate, when it can say that better than by `finding`. */
  readonly weights?: EditWeights;
  /** Predicted probability that the candidate passes, in [0, 1]. */
  readonly predicted?: number;
}

/** Explains or predicts verdicts; never decides one. Deterministic in its arguments and in what it has learned, apart from models behind it. */
export interface Critic {
  readonly id: string;
  /** `verdict` is null before the candidate was judged. Null when the critic has nothing to say. */
  critique(submission: Submission, verdict: Verdict | null, context: CritiqueContext): Promise<Critique | null>;
  /** What became of a candidate. Verdicts that are no data are not told. */
  learn?(submission: Submission, verdict: Verdict, context: CritiqueContext): void;
}
