import { isData, type ArchiveView, type Candidate, type Check, type Gate, type Target, type Verdict } from "@pawl/core";
import { accept, scoreOf, shareOfErrorBudget, type KnownObjective, type Objective } from "@pawl/verify";
import { patchSize } from "./patch.ts";

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

export interface ScoreGateOptions extends Objective {
  readonly target: Target;
  /** Error budget of the whole run. */
  readonly alpha: number;
  readonly maxPairs: number;
  /** Further objectives, one of which may gain instead; none may get worse by more than its tolerance. */
  readonly others?: readonly Objective[];
  /** Score at which the run may stop. */
  readonly goal: number | null;
}

/**
 * Wants a higher (or lower) score than the incumbent's, by fresh paired measurements of both; or, where scores repeat exactly, the same
 * score from a smaller patch, which is no gain but leaves less to review. The gate of one run: it counts the tests, and remembers
 * which scores did not repeat.
 */
export function scoreGate(check: Check, options: ScoreGateOptions): Gate {
  const { target, objective, sign, goal, alpha, maxPairs } = options;
  const objectives: readonly Objective[] = [options, ...(options.others ?? [])];
  const noisy = new Set<string>();
  let tests = 0;
  const fitness = (verdict: Verdict): number | null => {
    // Verdicts on record pass here as well, so that a resumed run knows what the first part learned about the noise.
    for (const each of objectives) if (spread(scoresIn(verdict, each)) > 0) noisy.add(each.objective);
    const score = scoreOf(verdict, objective);
    return score === null ? null : sign * score;
  };
  /** What a candidate promises by its screening. */
  const promise = (candidate: Candidate, verdict: Verdict, archive: ArchiveView): "gain" | "simpler" | null => {
    const incumbent = archive.incumbent();
    let [gains, worse] = [0, 0];
    for (const each of objectives) {
      const [score, base] = [scoreOf(verdict, each.objective), scoreOf(incumbent.verdict, each.objective)];
      if (score === null || base === null) return null;
      // One lucky score of many is no news: it has to stand out from the incumbent's own repetitions.
      const noise = spread(scoresIn(incumbent.verdict, each));
      if (each.sign * (score - base) > each.minGain + noise) gains++;
      if (each.sign * (base - score) > (each.tolerance ?? 0) + noise) worse++;
    }
    if (gains > 0 && worse === 0) return "gain";
    const simpler = noisy.size === 0 && worse === 0 && incumbent.candidate.changes.length > 0;
    return simpler && patchSize(target, candidate) < patchSize(target, incumbent.candidate) ? "simpler" : null;
  };
  return {
    fitness,
    promising({ candidate, verdict }, archive) {
      const promising = promise(candidate, verdict, archive) !== null;
      if (promising) tests += 1;
      return promising;
    },
    async confirm(submission, archive, signal) {
      const { candidate, verdict: known } = archive.incumbent();
      const screened = archive.get(submission.candidate.id)?.verdict;
      const simpler = screened !== undefined && promise(submission.candidate, screened, archive) === "simpler";
      const [main, ...others] = objectives.map((each) => ({
        ...each,
        // A simpler patch is taken for being simpler: it may lose nothing in exchange.
        ...(simpler ? { tolerance: 0 } : {}),
        exact: !noisy.has(each.objective),
        earlier: {
          incumbent: scoresIn(known, each),
          challenger: screened === undefined ? [] : scoresIn(screened, each),
        },
      }));
      const accepted = await accept(
        check,
        { candidate, files: target.filesOf(candidate) },
        submission,
        { ...(main as KnownObjective), others, simpler, alpha: alpha * shareOfErrorBudget(tests), maxPairs },
        signal,
      );
      for (const name of accepted.noisy) noisy.add(name);
      return { verdict: accepted.verdict, kept: accepted.decision === "better", reason: accepted.reason };
    },
    satisfied({ archive }) {
      const best = archive.incumbent().fitness;
      return goal !== null && best !== null && best >= sign * goal ? "goal reached" : null;
    },
  };
}

function scoresIn(verdict: Verdict, { objective }: Objective): readonly number[] {
  return verdict.scores[objective] ?? [];
}

/** Standard deviation; 0 for fewer than two values. */
function spread(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
