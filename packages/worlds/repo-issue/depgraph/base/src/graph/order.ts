import { findCycle } from "./cycles.ts";
import type { DependencyGraph } from "./graph.ts";

/** Layers that can be built at the same time: all that a package needs is in earlier layers. */
export function buildLayers(graph: DependencyGraph): string[][] {
  const cycle = findCycle(graph);
  if (cycle !== null) throw new Error(`cycle: ${cycle.join(" -> ")}`);
  const waiting = new Map(graph.names().map((name) => [name, graph.needsOf(name).length]));
  const layers: string[][] = [];
  let layer = graph.names().filter((name) => waiting.get(name) === 0);
  while (layer.length > 0) {
    layers.push(layer);
    const next: string[] = [];
    for (const name of layer) {
      for (const user of graph.usersOf(name)) {
        const left = waiting.get(user)! - 1;
        waiting.set(user, left);
        if (left === 0) next.push(user);
      }
    }
    layer = next.sort();
  }
  return layers;
}

export function buildOrder(graph: DependencyGraph): string[] {
  return buildLayers(graph).flat();
}
