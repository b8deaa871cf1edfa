import type { DependencyGraph } from "./graph.ts";

/** Everything a package needs, directly or through others, without itself. */
export function closure(graph: DependencyGraph, name: string): string[] {
  return walk(name, (next) => graph.needsOf(next));
}

/** Everything that has to be built again when a package changes. */
export function affected(graph: DependencyGraph, name: string): string[] {
  return walk(name, (next) => graph.usersOf(next));
}

function walk(start: string, neighbours: (name: string) => string[]): string[] {
  const seen = new Set([start]);
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const next of neighbours(name)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  seen.delete(start);
  return [...seen].sort();
}
