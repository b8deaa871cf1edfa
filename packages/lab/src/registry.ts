import { UsageError } from "@pawl/core";
import { CATALOGUE } from "./catalogue.ts";
import { didYouMean } from "./nearest.ts";
import type { System } from "./system.ts";

/** Every recipe by the id of its system: a new one is one file and one line here. */
const RECIPES: Readonly<Record<string, () => Promise<System>>> = {
  "swe-search": async () => (await import("./systems/code-agents/swe-search.ts")).system,
  codetree: async () => (await import("./systems/code-agents/codetree.ts")).system,
  dgm: async () => (await import("./systems/code-agents/dgm.ts")).system,
  iad: async () => (await import("./systems/code-agents/iad.ts")).system,
  evoscale: async () => (await import("./systems/code-agents/evoscale.ts")).system,
  supercoder: async () => (await import("./systems/code-agents/supercoder.ts")).system,
  autocoderover: async () => (await import("./systems/code-agents/autocoderover.ts")).system,
  "self-debug": async () => (await import("./systems/code-agents/self-debug.ts")).system,
  "bug-taxonomy-critique": async () => (await import("./systems/code-agents/bug-taxonomy-critique.ts")).system,
  "guided-evolution": async () => (await import("./systems/code-agents/guided-evolution.ts")).system,
  "interactive-optimization": async () => (await import("./systems/code-agents/interactive-optimization.ts")).system,
};

export function builtSystems(): readonly string[] {
  return CATALOGUE.map(({ id }) => id).filter((id) => RECIPES[id] !== undefined);
}

/** The recipe of a system. An unknown id, and a system that is not built, are usage errors. */
export async function loadSystem(id: string): Promise<System> {
  const ids = CATALOGUE.map((entry) => entry.id);
  if (!ids.includes(id))
    throw new UsageError({
      what: `there is no system '${id}'`,
      where: id,
      todo: `${didYouMean(id, ids)}\`pawl lab list\` shows all ${ids.length}.`,
    });
  const load = RECIPES[id];
  if (load === undefined)
    throw new UsageError({
      what: `'${id}' is not built yet`,
      where: id,
      todo: `Built are: ${builtSystems().join(", ") || "none"}. How to build it: docs/guides/write-a-system.md.`,
    });
  return load();
}
