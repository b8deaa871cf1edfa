import type { Feedback, LoopResult, Target, Verdict } from "@pawl/core";
import type { Finalist } from "./fix-finalists.ts";
import type { FixEnvironment } from "./fix-environment.ts";
import type { FixPlan } from "./fix-plan.ts";
import { patchOfCandidate } from "./patch.ts";
import type { FixResult } from "./results.ts";
import type { RunFrame } from "./run-frame.ts";

export function fixResult(
  frame: RunFrame<FixEnvironment>,
  plan: FixPlan,
  loop: LoopResult,
  target: Target,
  chosen: Finalist | null,
): FixResult {
  const beyond = plan.baseline.beyond.length;
  const before = { passed: plan.baseline.passing.length, failed: plan.baseline.failing.length + beyond };
  const missed = chosen?.heldOut?.failed ?? 0;
  return {
    run: frame.session.id,
    status: chosen !== null && missed === 0 ? "fixed" : "not-fixed",
    patch: chosen === null ? "" : patchOfCandidate(target, chosen.entry.candidate),
    files: chosen === null ? [] : chosen.entry.candidate.changes.map((change) => change.path),
    tests: {
      before,
      after:
        chosen === null ? before : { passed: before.passed + before.failed - missed - beyond, failed: missed + beyond },
      heldOut: chosen?.heldOut ?? null,
    },
    types: typesOf(plan),
    ...frame.facts(loop, plan),
  };
}

function typesOf({ statics }: FixPlan): FixResult["types"] {
  const types = statics?.types ?? null;
  return types === null ? null : { checker: types.checker.name, errorsBefore: types.findings.length };
}

/** The base as the loop sees it: none of the failing tests passes, nothing else is broken. */
export function fixBaseVerdict(plan: FixPlan): Verdict {
  const outcomes = new Map(plan.baseline.report.tests.map((test) => [test.id, test]));
  return {
    status: "failed",
    scores: { passed: [0] },
    failing: plan.split.failing,
    feedback: plan.split.failing.flatMap((id): Feedback[] => {
      const { message = "failed", expected, actual } = outcomes.get(id) ?? {};
      const results = { ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) };
      return [{ kind: "test", name: id, message, ...results }];
    }),
    cost: { wallMs: plan.baseline.report.wallMs, cpuMs: plan.baseline.report.cpuMs },
    evidence: [],
  };
}
