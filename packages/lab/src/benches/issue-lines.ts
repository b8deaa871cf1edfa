import { raiseLines, type LocatedMethod, type Suspiciousness } from "@pawl/propose";
import type { IssueParts } from "./issue-project.ts";

/** Places that a patch may be written at. */
const LOCATIONS = 5;
/** Of every line in a place, where the tests are not asked. */
const UNKNOWN = 0.5;

/**
 * Scores of the lines of the first places; every other line has 0. With the tests, each line keeps its own suspicion, raised by its place's share;
 * without, all lines of a place are alike.
 */
export function linesOf(methods: readonly LocatedMethod[], parts: IssueParts, withTests: boolean): Suspiciousness {
  const chosen = methods.slice(0, LOCATIONS);
  const inside = (path: string, line: number): boolean =>
    chosen.some(({ definition }) => definition.path === path && definition.line <= line && line <= definition.endLine);
  const scoreOf = (path: string, line: number): number =>
    !inside(path, line) ? 0 : withTests ? (parts.suspiciousness[path]?.[line - 1] ?? 0) : UNKNOWN;
  return raiseLines(linesBy(parts, scoreOf), chosen);
}

/** Every line of the repository alike: nobody says where to look. */
export function alike(parts: IssueParts): Suspiciousness {
  return linesBy(parts, () => 1);
}

function linesBy({ sources }: IssueParts, scoreOf: (path: string, line: number) => number): Suspiciousness {
  return Object.fromEntries(
    Object.entries(sources).map(([path, text]) => [path, text.split("\n").map((_, i) => scoreOf(path, i + 1))]),
  );
}
