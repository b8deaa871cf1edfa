import { isData, PairedETest, type Check, type Submission, type Verdict } from "@pawl/core";

export interface AcceptanceOptions {
  /** The score that decides, and whether higher (1) or lower (-1) is better. */
  readonly objective: string;
  readonly sign: 1 | -1;
  /** Probability of accepting a challenger that is not better. */
  readonly alpha: number;
  /** Gains up to this size, in the score's unit, are not worth keeping. */
  readonly minGain: number;
  readonly maxPairs: number;
}

export interface Acceptance {
  readonly decision: "better" | "not-better" | "undecided";
  /** Fresh scores of both sides, pair by pair, in the order they were measured. */
  readonly pairs: readonly { readonly incumbent: number; readonly challenger: number }[];
  /** The challenger's last verdict, with all its fresh scores. */
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Is the challenger better? Both sides are measured fresh, by turns, and the pairs go to a sequential test that may look after every
 * pair. A score that repeats exactly on both sides has no noise, and two pairs decide. A tie is not a gain.
 */
export async function accept(
  check: Check,
  incumbent: Submission,
  challenger: Submission,
  options: AcceptanceOptions,
  signal: AbortSignal,
): Promise<Acceptance> {
  const { objective, sign, minGain } = options;
  const test = new PairedETest({ alpha: options.alpha, minGain, maxPairs: options.maxPairs });
  const pairs: { incumbent: number; challenger: number }[] = [];
  for (;;) {
    // Who goes first alternates, so that a drift of the machine favours nobody.
    const first = pairs.length % 2 === 0 ? challenger : incumbent;
    const verdicts = [
      await check.confirm(first, signal),
      await check.confirm(first === challenger ? incumbent : challenger, signal),
    ] as const;
    const [verdict, other] = first === challenger ? verdicts : [verdicts[1], verdicts[0]];
    const score = scoreOf(verdict, objective);
    const base = scoreOf(other, objective);
    if (score === null)
      return { decision: "not-better", pairs, verdict, reason: `no score in a fresh box (${verdict.status})` };
    if (base === null)
      return {
        decision: "undecided",
        pairs,
        verdict: { ...verdict, status: "infrastructure" },
        reason: `the incumbent gave no score this time (${other.status})`,
      };
    pairs.push({ incumbent: base, challenger: score });
    test.add(sign * base, sign * score);
    const decision = decide(test, pairs, sign, minGain);
    if (decision === "undecided") continue;
    const fresh = { ...verdict, scores: { ...verdict.scores, [objective]: pairs.map((pair) => pair.challenger) } };
    return { decision, pairs, verdict: fresh, reason: `${decision} after ${pairs.length} fresh pairs` };
  }
}

function decide(
  test: PairedETest,
  pairs: readonly { incumbent: number; challenger: number }[],
  sign: 1 | -1,
  minGain: number,
): "better" | "not-better" | "undecided" {
  const [first, second] = pairs;
  if (
    first !== undefined &&
    second !== undefined &&
    pairs.every((pair) => pair.incumbent === first.incumbent && pair.challenger === first.challenger)
  ) {
    return sign * (first.challenger - first.incumbent) > minGain ? "better" : "not-better";
  }
  return pairs.length < 2 ? "undecided" : test.state();
}

/** Mean of the repetitions; null when the verdict has no data for the objective. */
export function scoreOf(verdict: Verdict, objective: string): number | null {
  const values = verdict.scores[objective];
  if (!isData(verdict) || verdict.status !== "passed" || values === undefined || values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(mean) ? mean : null;
}
