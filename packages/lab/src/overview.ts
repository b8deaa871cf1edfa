import { CATALOGUE, type CatalogueEntry } from "./catalogue.ts";
import { builtSystems, loadSystem } from "./registry.ts";
import { reportOf, type SystemReport } from "./report-of.ts";
import type { LabResult, ResultsStore } from "./results-store.ts";
import type { Outcome } from "./settle.ts";
import type { Stage, System } from "./system.ts";

export const STAGES: readonly Stage[] = ["propose", "verify", "critique", "select", "learn", "remember"];

export const STATUSES = [
  "not built",
  "not measured",
  "reproduced",
  "not reproduced",
  "precondition failed",
  "reported only",
] as const;

export type Status = "not built" | "not measured" | Outcome;

/** How it stands with one of the systems. */
export interface SystemState {
  readonly entry: CatalogueEntry;
  /** What is known of a system that is built, else null. */
  readonly built: {
    readonly system: System;
    /** Of the full form. */
    readonly report: SystemReport;
    /** Seconds the quick form took when it last ran whole; null when it never did. */
    readonly quickSeconds: number | null;
  } | null;
}

/** Where recipes come from; tests bring their own. */
export interface Recipes {
  readonly built: readonly string[];
  readonly load: (id: string) => Promise<System>;
}

const REGISTERED = (): Recipes => ({ built: builtSystems(), load: loadSystem });

/** All systems of the catalogue, in its order. */
export async function overview(
  store: ResultsStore,
  { built, load }: Recipes = REGISTERED(),
): Promise<readonly SystemState[]> {
  return await Promise.all(
    CATALOGUE.map(async (entry) => {
      if (!built.includes(entry.id)) return { entry, built: null };
      const system = await load(entry.id);
      const results = store.read(entry.id);
      const report = reportOf(system, results, { quick: false });
      const quick = reportOf(system, results, { quick: true }).results;
      return { entry, built: { system, report, quickSeconds: quickSeconds(system, quick) } };
    }),
  );
}

export function statusOf({ built }: SystemState): Status {
  return built === null ? "not built" : (built.report.outcome ?? "not measured");
}

/** Arm runs overlap, and pauses between them do not count: the length of the union of their spans. */
function quickSeconds({ arms }: System, results: readonly LabResult[]): number | null {
  if (!arms.every(({ id }) => results.some(({ arm }) => arm === id))) return null;
  const spans = results
    .map(({ at, seconds }) => ({ from: Date.parse(at) / 1000 - seconds, to: Date.parse(at) / 1000 }))
    .toSorted((a, b) => a.from - b.from);
  let total = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return Math.round(total * 10) / 10;
}
