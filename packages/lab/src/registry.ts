import { UsageError } from "@pawl/core";
import { CATALOGUE } from "./catalogue.ts";
import type { System } from "./system.ts";

/** Every recipe by the id of its system: a new one is one file and one line here. */
const RECIPES: Readonly<Record<string, () => Promise<System>>> = {};

export function builtSystems(): readonly string[] {
  return CATALOGUE.map(({ id }) => id).filter((id) => RECIPES[id] !== undefined);
}

/** An unknown id, and a system that is not built, are usage errors. */
export async function loadSystem(id: string): Promise<System> {
  if (!CATALOGUE.some((entry) => entry.id === id))
    throw new UsageError({ what: `there is no system '${id}'`, todo: "See `pawl lab list` for their ids." });
  const load = RECIPES[id];
  if (load === undefined)
    throw new UsageError({
      what: `'${id}' is not built yet`,
      todo: `Built are: ${builtSystems().join(", ") || "none"}. Or write it: packages/lab/src/systems.`,
    });
  return load();
}
