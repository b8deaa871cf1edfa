import type { LocatedMethod } from "./localiser.ts";
import type { Suspiciousness } from "./suspiciousness.ts";

/** Up to this much is added to a line's score, in shares of itself: a text may mislead, so it never outvotes the tests by more than two to one. */
const RAISE = 1;
/** Methods beyond these say more about the localiser than about the fault. */
const MOST_METHODS = 10;

/**
 * Line scores with those of located methods raised: score × (1 + share of the best method's score), scaled so that the most suspicious line
 * has 1. Lines of no located method keep their order among themselves.
 */
export function raiseLines(scores: Suspiciousness, methods: readonly LocatedMethod[]): Suspiciousness {
  const raised = new Map(Object.entries(scores).map(([path, lines]) => [path, [...lines]]));
  const best = methods[0]?.score ?? 1;
  const done = new Set<string>();
  for (const { definition, score } of methods.slice(0, MOST_METHODS)) {
    const lines = raised.get(definition.path);
    if (lines === undefined) continue;
    for (let line = definition.line; line <= Math.min(definition.endLine, lines.length); line++) {
      // A function inside of another is raised once, by the better of the two.
      if (done.has(`${definition.path}:${line}`)) continue;
      done.add(`${definition.path}:${line}`);
      lines[line - 1] = (lines[line - 1] as number) * (1 + RAISE * (score / best));
    }
  }
  const highest = Math.max(
    Number.MIN_VALUE,
    ...[...raised.values()].map((lines) => lines.reduce((a, b) => Math.max(a, b), 0)),
  );
  return Object.fromEntries(
    [...raised].map(([path, lines]) => [path, lines.map((score) => Math.round((score / highest) * 1e6) / 1e6)]),
  );
}
