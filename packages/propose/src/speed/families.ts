import type { EditWeights } from "@pawl/core";

/** The ideas behind the speed operators: what a person names when they ask for something else. */
export const SPEED_FAMILIES = {
  lookup: "a set or a map for a list that is searched again and again",
  invariant: "something computed once instead of again and again",
  "early-exit": "stop as soon as the answer is known",
  order: "the same work in another order",
  copy: "no copies, or cheaper ones",
  memory: "results remembered by their arguments, or tables of them",
  "built-in": "what the language does itself, and values it stores more compactly",
} as const;

export type SpeedFamily = keyof typeof SPEED_FAMILIES;

/** The family of every operator; a test compares with the operators themselves. */
export const FAMILY_OF: Readonly<Record<string, SpeedFamily>> = {
  "lookup-set": "lookup",
  "growing-set": "lookup",
  "index-map": "lookup",
  "running-index": "lookup",
  "count-map": "lookup",
  "keyed-map": "lookup",
  "keyed-loop": "lookup",
  "unique-set": "lookup",
  "unique-dict": "lookup",
  "own-key": "lookup",
  "count-below": "lookup",
  "hoist-invariant": "invariant",
  "reuse-result": "invariant",
  "early-break": "early-exit",
  "short-circuit": "early-exit",
  "square-root-bound": "early-exit",
  "start-after": "early-exit",
  "loop-interchange": "order",
  "queue-head": "order",
  "append-and-reverse": "order",
  "sort-once": "order",
  "extreme-without-sort": "order",
  "append-in-place": "copy",
  "assign-in-place": "copy",
  "drop-copy": "copy",
  "cheaper-copy": "copy",
  "characters-in-place": "copy",
  "cache-calls": "memory",
  "cache-key": "memory",
  "memoise-recursion": "memory",
  "prefix-sums": "memory",
  "typed-array": "built-in",
  "string-parts": "built-in",
  comprehension: "built-in",
};

export function isSpeedFamily(text: string): text is SpeedFamily {
  return Object.hasOwn(SPEED_FAMILIES, text);
}

/** Rules out every operator of these families. */
export function without(families: Iterable<SpeedFamily>): EditWeights {
  const out = new Set(families);
  const operators = Object.entries(FAMILY_OF).filter(([, family]) => out.has(family));
  return { byOperator: Object.fromEntries(operators.map(([operator]) => [operator, -Infinity])) };
}

/** Families of the operators in a summary such as `lookup-set at a.js:3 + early-break at a.js:9`, each once. */
export function familiesIn(summary: string): readonly SpeedFamily[] {
  const found = summary.split(" + ").flatMap((part) => FAMILY_OF[part.split(" at ")[0] ?? ""] ?? []);
  return [...new Set(found)];
}
