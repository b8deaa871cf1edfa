import type { TextEdit } from "@pawl/core";

/** One way to make a place faster. It need not keep what the program does: that is what the equivalence check is for. */
export interface SpeedEdit {
  /** Ascending, not overlapping, UTF-16 offsets into the source. */
  readonly replacements: readonly TextEdit[];
  /** How likely it helps and keeps the behaviour, in (0, 1]; 1 when left out. */
  readonly weight?: number;
}

/** A kind of rewrite: which nodes of a language's tree it looks at and what it would write there. */
export interface SpeedOperator<Node, File> {
  /** The same for the same idea in every language. */
  readonly id: string;
  /** One line for people. */
  readonly description: string;
  /** The grammar's names of the nodes it looks at. */
  readonly kinds: readonly string[];
  edits(node: Node, file: File): Iterable<SpeedEdit>;
}

/** An edit with its operator and place. */
export interface PlacedEdit extends SpeedEdit {
  readonly operator: string;
  /** 1-based line of the site. */
  readonly line: number;
  readonly weight: number;
}

/** Replacements in order; null when two of them touch the same text. */
export function inOrder(replacements: readonly TextEdit[]): readonly TextEdit[] | null {
  // Stable: what is inserted at the start of something replaced stays before it.
  const sorted = replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.every((edit, i) => i === 0 || (sorted[i - 1] as TextEdit).end <= edit.start) ? sorted : null;
}

/** An edit of these replacements, or none when they touch each other. */
export function* edit(replacements: readonly TextEdit[] | null, weight = 1): Generator<SpeedEdit> {
  const sorted = replacements === null ? null : inOrder(replacements);
  if (sorted !== null) yield { replacements: sorted, weight };
}
