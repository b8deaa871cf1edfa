import { builtSystems, loadSystem } from "./registry.ts";
import type { SystemReport } from "./report-of.ts";
import { armsOf, runSystem, type RunSystemOptions } from "./run-system.ts";
import type { System } from "./system.ts";

/** What came of one of several systems: its report, or what it threw. */
export type SystemRun = { readonly system: System } & (
  | { readonly report: SystemReport }
  | { readonly report: null; readonly error: unknown }
);

/**
 * Measures one system after the other; `all` stands for every one that is built. One that fails does not keep the others from being measured, but
 * an abort ends the whole. Unknown ids and arms are usage errors before anything is measured.
 */
export async function runSystems(
  ids: readonly string[],
  options: RunSystemOptions,
  load: (id: string) => Promise<System> = loadSystem,
): Promise<readonly SystemRun[]> {
  const wanted = [...new Set(ids.flatMap((id) => (id === "all" ? builtSystems() : [id])))];
  const systems: System[] = [];
  for (const id of wanted) systems.push(await load(id));
  for (const system of systems) armsOf(system, options.arms);
  const runs: SystemRun[] = [];
  for (const system of systems) {
    try {
      runs.push({ system, report: await runSystem(system, options) });
    } catch (error) {
      if (options.signal.aborted) throw error;
      options.say(`${system.id}: ${error instanceof Error ? error.message : String(error)}`);
      runs.push({ system, report: null, error });
    }
  }
  return runs;
}
