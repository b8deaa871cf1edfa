import { ParetoFront, type ArchiveEntry, type Candidate, type LoopResult, type Target } from "@pawl/core";
import { scoreOf } from "@pawl/verify";
import type { EvolveConfig } from "./evolve-config.ts";
import type { EvolveEnvironment, EvolvePlan } from "./evolve-environment.ts";
import { gainInterval, mean, type Measured } from "./evolve-measure.ts";
import { patchOfCandidate } from "./patch.ts";
import type { Baseline, EvolveResult, FrontMember, OtherScore } from "./results.ts";
import type { RunFrame } from "./run-frame.ts";

export function evolveResult(
  frame: RunFrame<EvolveEnvironment>,
  { minGain }: EvolveConfig,
  plan: EvolvePlan,
  loop: LoopResult,
  target: Target,
  best: Candidate,
  measured: Measured,
  baselines: readonly Baseline[],
  sign: 1 | -1,
): EvolveResult {
  const before = mean(measured.before) ?? (plan.baseScores[0] as number);
  const after = mean(measured.after) ?? before;
  const others = plan.others.map(({ objective, sign, baseScores }): OtherScore & { gain: number } => {
    const series = measured.others[objective] ?? { before: [], after: [] };
    const first = mean(series.before) ?? (baseScores[0] as number);
    const last = mean(series.after) ?? first;
    return { name: objective, before: first, after: last, interval: gainInterval(series), gain: sign * (last - first) };
  });
  const gained = sign * (after - before) > minGain || others.some(({ gain }) => gain > 0);
  const improved = loop.kept.length > 0 && gained;
  return {
    run: frame.session.id,
    status: improved ? "improved" : "not-improved",
    score: { before, after, interval: gainInterval(measured), heldOut: measured.heldOut },
    others: others.map(({ gain: _gain, ...score }) => score),
    ...(others.length === 0 ? {} : { front: frontOf(loop, [{ ...plan, sign }, ...plan.others]) }),
    baselines,
    patch: loop.kept.length === 0 ? "" : patchOfCandidate(target, best),
    files: best.changes.map((change) => change.path),
    ...frame.facts(loop, plan),
  };
}

/** The candidates that no other beats in every objective, by the scores of their last verdicts, in the order they came. */
function frontOf(
  { archive }: LoopResult,
  objectives: readonly { readonly objective: string; readonly sign: 1 | -1 }[],
): readonly FrontMember[] {
  const front = new ParetoFront<ArchiveEntry>();
  for (let index = 0; index < archive.size; index++) {
    const entry = archive.at(index);
    const scores = objectives.map(({ objective, sign }) => sign * (scoreOf(entry.verdict, objective) ?? Number.NaN));
    if (scores.every(Number.isFinite)) front.add(scores, entry);
  }
  return front
    .items()
    .toSorted((a, b) => a.index - b.index)
    .map(({ candidate, verdict, confirmed }) => ({
      candidate: candidate.id,
      scores: Object.fromEntries(objectives.map(({ objective }) => [objective, scoreOf(verdict, objective) as number])),
      confirmed,
      summary: candidate.origin.summary,
    }));
}
