import { formatConflict, type Demand } from "./conflict.ts";
import type { Manifest, Registry } from "./registry.ts";

/** The version chosen for every package. */
export type Lock = ReadonlyMap<string, Manifest>;

/**
 * Choose one version per package so that all ranges hold, newest first, going
 * back when a choice leads nowhere.
 *
 * @throws Error that lists who asks for what when there is no solution.
 */
export function resolve(registry: Registry, wanted: Readonly<Record<string, string>>): Lock {
  const demands = Object.entries(wanted).map(([name, range]): Demand => ({ name, range, by: "project" }));
  const failed: { name: string; demands: Demand[] }[] = [];
  const lock = search(registry, demands, new Map(), failed);
  if (lock === null) {
    const first = failed[0]!;
    throw new Error(formatConflict(first.name, first.demands));
  }
  return lock;
}

function search(
  registry: Registry,
  demands: readonly Demand[],
  chosen: Lock,
  failed: { name: string; demands: Demand[] }[],
): Lock | null {
  for (const { name } of demands) {
    const manifest = chosen.get(name);
    const asking = demands.filter((demand) => demand.name === name);
    const fitting = registry.candidates(
      name,
      asking.map((demand) => demand.range),
    );
    if (manifest !== undefined) {
      if (fitting.includes(manifest)) continue;
      failed.push({ name, demands: asking });
      return null;
    }
    for (const candidate of fitting) {
      const by = `${name}@${candidate.version}`;
      const more = Object.entries(candidate.needs ?? {}).map(([need, range]): Demand => ({ name: need, range, by }));
      const found = search(registry, [...demands, ...more], new Map(chosen).set(name, candidate), failed);
      if (found !== null) return found;
    }
    if (fitting.length === 0) failed.push({ name, demands: asking });
    return null;
  }
  return chosen;
}
