import type { ProposalRequest, Rng } from "@pawl/core";

/** A vector worth trying. */
export interface Suggestion {
  readonly values: readonly number[];
  /** One line for people. */
  readonly summary: string;
}

export interface SuggestContext {
  readonly request: ProposalRequest;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  /** Of the parent; null when it has no score. */
  readonly parentFitness: number | null;
}

/** Makes vectors. What it suggests depends on the parent, the context and what it was told, and on nothing else. */
export interface NumericStrategy {
  readonly id: string;
  suggest(parent: readonly number[], context: SuggestContext): AsyncIterable<Suggestion>;
  /** Fitness of a vector that it suggested (higher is better); null when there is no score. */
  tell?(values: readonly number[], fitness: number | null): void;
}

/**
 * Unit of change of each variable: its own size, or the middle size among all variables where that is larger (a variable
 * at 0 must be able to move), or 1 where everything is 0.
 */
export function scales(values: readonly number[]): number[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  const middle = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 1;
  return values.map((value) => Math.max(Math.abs(value), middle));
}
