import type { FaultClass } from "./fault-class.ts";

/** Hash of the tree that results from the candidate's changes: equal trees are equal candidates. */
export type CandidateId = string;

/** Replace the UTF-16 code units [start, end) of a text by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The smallest single replacement that turns the base file into the candidate's file; or a whole new file. */
export interface FileChange extends TextEdit {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  /** True when the base tree has no such file (then start = end = 0). */
  readonly created?: boolean;
}

/** One elementary edit, in words a person and a learner can use. */
export interface EditNote {
  readonly operator: string;
  readonly faultClass: FaultClass;
  readonly nodeKind: string;
  readonly path: string;
  /** 1-based line in the parent's file. */
  readonly line: number;
  /** Suspiciousness of the site in [0, 1] when the edit was chosen. */
  readonly suspiciousness: number;
  /** The operator's own belief in this alternative, in (0, 1]. */
  readonly weight: number;
}

/** Where a candidate comes from. */
export interface Origin {
  readonly proposer: string;
  /** One line for people: what was changed. */
  readonly summary: string;
  readonly edits?: readonly EditNote[];
  /**
   * True for what Pawl's own operators and solvers make, out of the project's code and nothing else. It cannot be aimed at the judge, so that
   * one clean run is proof enough; what anybody else writes is judged a second time, in a process of its own.
   */
  readonly mechanical?: true;
  /** Of a model's candidate: who answered, in which edit format, what it said besides, and how sure it was (`ModelAnswer.meanLogProbability`). */
  readonly answer?: {
    readonly model: string;
    readonly format: string;
    readonly explanation: string;
    readonly meanLogProbability?: number;
  };
  /** Log-probability under the proposer, when it has one: used to rank candidates with equal verdicts. */
  readonly logProbability?: number;
}

/** A content-addressed patch over the base tree. */
export interface Candidate {
  readonly id: CandidateId;
  /** Sorted by path; empty only for the base itself. */
  readonly changes: readonly FileChange[];
  readonly parents: readonly CandidateId[];
  readonly origin: Origin;
}
