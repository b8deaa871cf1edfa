import { UsageError } from "@pawl/core";
import { EVOLVE_PROBLEMS } from "@pawl/worlds";
import { didYouMean } from "../nearest.ts";
import { repairWorld } from "./repair-world.ts";
import { evolveWorld, type Machine } from "./score-target.ts";
import type { CompareWorld } from "./world.ts";

/** Worlds by name. */
export const WORLDS: readonly string[] = [
  "code-repair",
  "code-repair-compound",
  ...EVOLVE_PROBLEMS.map(({ id }) => `code-evolve:${id}`),
];

/** An unknown name is a usage error that names the known ones. `machine`: how candidates are run. */
export function openWorld(name: string, machine: Machine = {}): CompareWorld {
  if (name === "code-repair" || name === "code-repair-compound") return repairWorld(name, machine);
  if (WORLDS.includes(name)) return evolveWorld(name, machine);
  throw new UsageError({
    what: `there is no world '${name}'`,
    where: "--on",
    todo: `${didYouMean(name, WORLDS)}Choose one of: ${WORLDS.join(", ")}.`,
  });
}
