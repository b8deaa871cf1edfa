/**
 * A numeric problem with constraints that are known, beside the score that only the score program knows: maximise
 * `objective` over a box, subject to smooth inequalities. Indices refer to the flat vector of variables.
 */
export interface ConstrainedProblem {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Where fresh values are drawn, uniformly; the box above where it is left out. */
  readonly fresh?: { readonly lower: readonly number[]; readonly upper: readonly number[] };
  /** Sets of variables that are redrawn or exchanged together (the two coordinates and the radius of one circle). */
  readonly groups: readonly (readonly number[])[];
  objective(x: ArrayLike<number>): number;
  /** Dense gradient of the objective. */
  gradient(x: ArrayLike<number>): ArrayLike<number>;
  /** Calls `emit` once for each inequality g(x) ≥ 0 with g(x) and its gradient in sparse form. */
  constraints(x: ArrayLike<number>, emit: EmitConstraint): void;
  /** Turns a point that is valid up to rounding into an exactly valid one; null when it cannot. */
  repair?(x: readonly number[]): number[] | null;
}

export type EmitConstraint = (value: number, variables: readonly number[], gradient: readonly number[]) => void;
