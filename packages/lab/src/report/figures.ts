import { meanOf, summary } from "@pawl/core";
import type { LabResult } from "../results-store.ts";
import type { Arm, System } from "../system.ts";

/** A metric of an arm over the seeds. */
export interface Figure {
  readonly mean: number;
  /** Null with a single seed. */
  readonly standardError: number | null;
  /** In the order of the seeds. */
  readonly perSeed: readonly number[];
}

export interface ArmFigures {
  readonly arm: Arm;
  readonly seeds: readonly number[];
  /** By metric: the mean over the tasks that have it, for each seed. A metric that no seed has is left out. */
  readonly metrics: Readonly<Record<string, Figure>>;
  readonly spent: Figure;
  readonly seconds: Figure;
}

/** What was measured of each arm; arms without any result are left out. */
export function armFigures(system: System, results: readonly LabResult[]): readonly ArmFigures[] {
  return system.arms.flatMap((arm) => {
    const own = results.filter((result) => result.arm === arm.id).toSorted((a, b) => a.seed - b.seed);
    if (own.length === 0) return [];
    const metrics = metricsOf(system, results).flatMap((name) => {
      const perSeed = own.map((result) => meanOverTasks(result, name)).filter((value) => value !== null);
      return perSeed.length === 0 ? [] : [[name, figureOf(perSeed)] as const];
    });
    return [
      {
        arm,
        seeds: own.map(({ seed }) => seed),
        metrics: Object.fromEntries(metrics),
        spent: figureOf(own.map(({ spent }) => spent)),
        seconds: figureOf(own.map(({ seconds }) => seconds)),
      },
    ];
  });
}

/** Names of the metrics on record: those the claim speaks of first. */
export function metricsOf(system: System, results: readonly LabResult[]): readonly string[] {
  const names = results.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.keys(values)));
  const recorded = new Set(names);
  return [...new Set([...claimedMetrics(system).filter((name) => recorded.has(name)), ...names])];
}

/** Names of the metrics the claim speaks of, then those of the preconditions. */
export function claimedMetrics(system: System): readonly string[] {
  return [...new Set([...system.claim, ...(system.preconditions ?? [])].map(({ metric }) => metric))];
}

function meanOverTasks({ rows }: LabResult, metric: string): number | null {
  const values = rows
    .map((row) => row.values[metric])
    .filter((value): value is number => value !== undefined && value !== null && Number.isFinite(value));
  return values.length === 0 ? null : meanOf(values);
}

function figureOf(perSeed: readonly number[]): Figure {
  const { mean, standardError } = summary(perSeed);
  return { mean, standardError: perSeed.length < 2 ? null : standardError, perSeed };
}
