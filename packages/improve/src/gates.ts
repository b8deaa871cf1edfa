import { isData, type Check, type Gate, type Target, type Verdict } from "@pawl/core";
import { accept, scoreOf, shareOfErrorBudget, type AcceptanceOptions } from "@pawl/verify";

export interface RepairGateOptions {
  /** Evaluations to go on after the first fix, so that a likelier fix can still be found. */
  readonly patience: number;
  /** Fixes that are enough. */
  readonly enough: number;
}

/** A candidate that does not load or does not end is worse than one that fails every test. */
const BROKEN = -1;

/** Wants all tests to pass; on the way there, more of the failing tests passing is better. */
export function repairGate(check: Check, options: RepairGateOptions): Gate {
  let firstKeptAt: number | null = null;
  return {
    fitness(verdict) {
      if (!isData(verdict)) return null;
      if (verdict.status === "error" || verdict.status === "timeout") return BROKEN;
      const passed = verdict.scores["passed"]?.[0];
      if (passed === undefined) return null;
      return passed + (verdict.scores["closeness"]?.[0] ?? 0) - (verdict.scores["regressions"]?.[0] ?? 0);
    },
    promising: (result) => result.verdict.status === "passed",
    async confirm(submission, _archive, signal) {
      const verdict = await check.confirm(submission, signal);
      const kept = verdict.status === "passed";
      return {
        verdict,
        kept,
        reason: kept ? "all tests pass in a fresh box" : `not confirmed in a fresh box: ${verdict.status}`,
      };
    },
    satisfied({ kept, screened }) {
      if (kept.length === 0) return null;
      firstKeptAt ??= screened;
      return kept.length >= options.enough || screened - firstKeptAt >= options.patience ? "fixed" : null;
    },
  };
}

export interface ScoreGateOptions extends Omit<AcceptanceOptions, "exact" | "earlier"> {
  readonly target: Target;
  /** Score at which the run may stop. */
  readonly goal: number | null;
}

/**
 * Wants a higher (or lower) score than the incumbent's, by fresh paired measurements of both. `alpha` is the error budget of the whole
 * run. The gate of one run: it counts the tests, and remembers when a score did not repeat.
 */
export function scoreGate(check: Check, options: ScoreGateOptions): Gate {
  const { target, objective, sign, minGain, goal } = options;
  let tests = 0;
  let exact = true;
  const scoresOf = (verdict: Verdict): readonly number[] => verdict.scores[objective] ?? [];
  const fitness = (verdict: Verdict): number | null => {
    // Verdicts on record pass here as well, so that a resumed run knows what the first part learned about the noise.
    exact &&= spread(scoresOf(verdict)) === 0;
    const score = scoreOf(verdict, objective);
    return score === null ? null : sign * score;
  };
  return {
    fitness,
    promising(result, archive) {
      const incumbent = archive.incumbent();
      // One lucky score of many is no news: it has to stand out from the incumbent's own repetitions.
      const noise = spread(scoresOf(incumbent.verdict));
      const promising = result.fitness !== null && result.fitness > (incumbent.fitness ?? -Infinity) + minGain + noise;
      if (promising) tests += 1;
      return promising;
    },
    async confirm(submission, archive, signal) {
      const { candidate, verdict: known } = archive.incumbent();
      const screened = archive.get(submission.candidate.id)?.verdict;
      const earlier = { incumbent: scoresOf(known), challenger: screened === undefined ? [] : scoresOf(screened) };
      const alpha = options.alpha * shareOfErrorBudget(tests);
      const incumbent = { candidate, files: target.filesOf(candidate) };
      const accepted = await accept(check, incumbent, submission, { ...options, alpha, exact, earlier }, signal);
      exact = accepted.exact;
      return { verdict: accepted.verdict, kept: accepted.decision === "better", reason: accepted.reason };
    },
    satisfied({ archive }) {
      const best = archive.incumbent().fitness;
      return goal !== null && best !== null && best >= sign * goal ? "goal reached" : null;
    },
  };
}

/** Standard deviation; 0 for fewer than two values. */
function spread(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
