/** Whether a path fits a pattern: "*" is one segment, "**" any number of them. */
export function matchGlob(pattern: string, path: string): boolean {
  return matchSegments(pattern.split("/"), path.split("/"));
}

function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return path.length === 0;
  if (head === "**") {
    for (let skip = 0; skip <= path.length; skip++) {
      if (matchSegments(rest, path.slice(skip))) return true;
    }
    return false;
  }
  const [first, ...others] = path;
  if (first === undefined) return false;
  return (head === "*" || head === first) && matchSegments(rest, others);
}

/** How exact a pattern is; literal segments weigh most. */
export function specificity(pattern: string): number {
  return pattern
    .split("/")
    .map((segment) => (segment === "**" ? 0 : segment === "*" ? 1 : 10))
    .reduce<number>((sum, weight) => sum + weight, 0);
}
