import type { DependencyGraph } from "./graph.ts";

/** A cycle as the names on it, the first one repeated at the end, or null. */
export function findCycle(graph: DependencyGraph): string[] | null {
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (name: string): string[] | null => {
    const at = path.indexOf(name);
    if (at !== -1) return [...path.slice(at), name];
    if (done.has(name)) return null;
    path.push(name);
    for (const next of graph.needsOf(name)) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    path.pop();
    done.add(name);
    return null;
  };

  for (const name of graph.names()) {
    const cycle = visit(name);
    if (cycle !== null) return cycle;
  }
  return null;
}
