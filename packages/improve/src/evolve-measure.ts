import { bootstrapInterval, Rng, type Candidate, type Target } from "@pawl/core";
import { scoreOf } from "@pawl/verify";
import type { EvolveEnvironment } from "./evolve-environment.ts";

/** Fresh pairs of base and result that are reported. */
const REPORT_PAIRS = 5;

interface Series {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface Measured extends Series {
  /** The same of further objectives, by name. */
  readonly others: Readonly<Record<string, Series>>;
  readonly heldOut: { readonly before: number; readonly after: number } | null;
}

/** What was selected by a score is measured afresh before it is reported: base and result by turns. */
export async function measure(
  environment: EvolveEnvironment,
  target: Target,
  best: Candidate,
  objective: string,
  others: readonly string[],
  signal: AbortSignal,
): Promise<Measured> {
  const base = { candidate: target.base, files: {} };
  const result = { candidate: best, files: target.filesOf(best) };
  const names = [objective, ...others];
  const series = names.map(() => ({ before: [] as number[], after: [] as number[] }));
  for (let pair = 0; pair < REPORT_PAIRS; pair++) {
    const first = await environment.check.confirm(base, signal);
    const second = await environment.check.confirm(result, signal);
    for (const [i, name] of names.entries()) {
      const [before, after] = [scoreOf(first, name), scoreOf(second, name)];
      if (before === null || after === null) continue;
      series[i]?.before.push(before);
      series[i]?.after.push(after);
    }
    // No noise to average out.
    if (pair === 1 && series.every(({ before, after }) => before[0] === before[1] && after[0] === after[1])) break;
  }
  const [main = { before: [], after: [] }, ...rest] = series;
  const heldBefore = await environment.heldOutScore(base, objective, signal);
  const heldAfter = await environment.heldOutScore(result, objective, signal);
  return {
    ...main,
    others: Object.fromEntries(others.map((name, i) => [name, rest[i] as Series])),
    heldOut: heldBefore === null || heldAfter === null ? null : { before: heldBefore, after: heldAfter },
  };
}

/** 95 % bootstrap interval of the mean paired gain; null without noise. */
export function gainInterval({ before, after }: Series): readonly [number, number] | null {
  const gains = after.map((score, i) => score - (before[i] as number));
  if (gains.length < 3 || gains.every((gain) => gain === gains[0])) return null;
  const { low, high } = bootstrapInterval(gains, (values) => mean(values) ?? 0, { rng: Rng.of(0, "interval") });
  return [low, high];
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
