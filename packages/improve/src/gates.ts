import {
  isData,
  type ArchiveView,
  type Check,
  type Gate,
  type Submission,
  type Target,
  type Verdict,
} from "@pawl/core";
import { accept, scoreOf, type AcceptanceOptions } from "@pawl/verify";

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
      return passed === undefined ? null : passed - (verdict.scores["regressions"]?.[0] ?? 0);
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

export interface ScoreGateOptions extends AcceptanceOptions {
  readonly target: Target;
  /** Stop as soon as this score is reached. */
  readonly goal?: number;
}

/** Wants a higher (or lower) score than the incumbent's, by fresh paired measurements of both. */
export function scoreGate(check: Check, options: ScoreGateOptions): Gate {
  const { target, objective, sign, minGain } = options;
  const fitness = (verdict: Verdict): number | null => {
    const score = scoreOf(verdict, objective);
    return score === null ? null : sign * score;
  };
  return {
    fitness,
    promising: (result, archive) =>
      result.fitness !== null && result.fitness > (archive.incumbent().fitness ?? -Infinity) + minGain,
    async confirm(submission, archive, signal) {
      const incumbent = submissionOf(target, archive);
      const { decision, verdict, reason } = await accept(check, incumbent, submission, options, signal);
      return { verdict, kept: decision === "better", reason };
    },
    satisfied({ archive }) {
      const best = archive.incumbent().fitness;
      return options.goal !== undefined && best !== null && best >= sign * options.goal ? "goal reached" : null;
    },
  };
}

function submissionOf(target: Target, archive: ArchiveView): Submission {
  const { candidate } = archive.incumbent();
  return { candidate, files: target.filesOf(candidate) };
}
