import type { RecalledLesson } from "./lesson.ts";
import { codeWords } from "./words.ts";

/** What lessons say for one single edit. */
export type Hint = (edit: { readonly operator: string; readonly nodeKind: string }, line: string) => number;

/** How much a lesson of full similarity that names operator, node kind and a line of the same words is worth, in nats. */
const STRENGTH = 1.5;
const SAME_OPERATOR_ONLY = 0.5;
const PLACE = 0.5;

/**
 * Log of the factor by which an edit is likelier, given what repaired similar failures: more where operator and kind of node are the same,
 * and where the line has words in common with the one that was repaired.
 */
export function hintsOf(lessons: readonly RecalledLesson[]): Hint {
  const repairs = lessons.flatMap(({ repair, code, similarity }) =>
    repair.map(({ operator, nodeKind }) => ({
      operator,
      nodeKind,
      similarity,
      words: new Set(codeWords(code).split(" ")),
    })),
  );
  const total = repairs.reduce((sum, each) => sum + each.similarity, 0);
  const lines = new Map<string, readonly string[]>();
  const wordsOf = (line: string): readonly string[] => {
    const known =
      lines.get(line) ??
      codeWords(line)
        .split(" ")
        .filter((word) => word !== "");
    lines.set(line, known);
    return known;
  };
  return (edit, line) => {
    if (total === 0) return 0;
    let sum = 0;
    for (const { operator, nodeKind, similarity, words } of repairs) {
      if (operator !== edit.operator) continue;
      const own = wordsOf(line);
      const shared = own.length === 0 ? 0 : own.filter((word) => words.has(word)).length / own.length;
      sum += similarity * ((nodeKind === edit.nodeKind ? 1 : SAME_OPERATOR_ONLY) + PLACE * shared);
    }
    return (STRENGTH * sum) / total;
  };
}
