import type { Candidate, LoopResult, Target } from "@pawl/core";
import { CPU } from "@pawl/verify";
import { patchOfCandidate } from "./patch.ts";
import type { SpeedResult } from "./results.ts";
import type { RunFrame } from "./run-frame.ts";
import type { SpeedConfig } from "./speed-config.ts";
import type { SpeedEnvironment, SpeedPlan } from "./speed-environment.ts";
import { ratioOf, type FinalSpeed } from "./speed-measure.ts";

export function speedResult(
  frame: RunFrame<SpeedEnvironment>,
  config: SpeedConfig,
  plan: SpeedPlan,
  loop: LoopResult,
  target: Target,
  best: Candidate,
  final: FinalSpeed | null,
): SpeedResult {
  const baseMs = plan.timing.cpuMs.reduce((sum, each) => sum + each, 0);
  const measured = final?.measured ?? null;
  const { ratio, interval } = measured === null ? { ratio: 1, interval: null } : ratioOf(measured.ratios);
  const sum = (side: "before" | "after"): number =>
    measured === null ? baseMs : measured.distributions.reduce((total, each) => total + each[side], 0);
  const faster = final !== null && final.difference === null && (interval?.[0] ?? 0) > 1;
  return {
    run: frame.session.id,
    status: faster ? "faster" : "not-faster",
    target: config.target,
    cpu: {
      unit: CPU,
      before: sum("before"),
      after: sum("after"),
      ratio,
      interval,
      distributions: measured?.distributions ?? [],
    },
    growth: measured?.growth ?? { before: null, after: null },
    checked: {
      examples: plan.examples.length,
      calls: plan.timing.calls + (final?.calls ?? 0),
      timedInputs: plan.timing.groups.reduce((total, { count }) => total + count, 0),
    },
    patch: loop.kept.length === 0 ? "" : patchOfCandidate(target, best),
    files: best.changes.map((change) => change.path),
    ...frame.facts(loop, plan),
  };
}
