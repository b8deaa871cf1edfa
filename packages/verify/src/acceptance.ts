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
  /** Whether the score repeats exactly, as far as is known: then two equal pairs decide. Otherwise the sequential test does. */
  readonly exact: boolean;
  /** Scores that the two were given before; one that does not come again is noise. */
  readonly earlier: { readonly incumbent: readonly number[]; readonly challenger: readonly number[] };
}

/** Share of a run's error budget for its k-th acceptance test, k from 1: the shares 1/(k(k + 1)) add up to 1, however many tests there are. */
export function shareOfErrorBudget(k: number): number {
  return 1 / (k * (k + 1));
}

export interface Acceptance {
  readonly decision: "better" | "not-better" | "undecided";
  /** Fresh scores of both sides, pair by pair, in the order they were measured. */
  readonly pairs: readonly { readonly incumbent: number; readonly challenger: number }[];
  /** The challenger's last verdict, with all its fresh scores. */
  readonly verdict: Verdict;
  readonly reason: string;
  /** False once a score of either side did not repeat. */
  readonly exact: boolean;
}

/**
 * Is the challenger better? Both sides are measured fresh, by turns, and the pairs go to a sequential test that may look after every
 * pair. Where every score that is known of either side repeats exactly there is no noise, and two pairs decide. A tie is not a gain.
 */
export async function accept(
  check: Check,
  incumbent: Submission,
  challenger: Submission,
  options: AcceptanceOptions,
  signal: AbortSignal,
): Promise<Acceptance> {
  const { objective, sign, minGain, earlier } = options;
  let exact = options.exact;
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
      return { decision: "not-better", pairs, verdict, exact, reason: `no score in a fresh box (${verdict.status})` };
    if (base === null)
      return {
        decision: "undecided",
        pairs,
        exact,
        verdict: { ...verdict, status: "infrastructure" },
        reason: `the incumbent gave no score this time (${other.status})`,
      };
    pairs.push({ incumbent: base, challenger: score });
    test.add(sign * base, sign * score);
    exact &&= earlier.incumbent.every((each) => each === base) && earlier.challenger.every((each) => each === score);
    exact &&= pairs.every((pair) => pair.incumbent === base && pair.challenger === score);
    const decision = exact ? exactDecision(sign * (score - base), minGain, pairs.length) : test.state();
    if (decision === "undecided") continue;
    const fresh = { ...verdict, scores: { ...verdict.scores, [objective]: pairs.map((pair) => pair.challenger) } };
    return { decision, pairs, verdict: fresh, exact, reason: reasonOf(decision, pairs.length, exact) };
  }
}

function exactDecision(gain: number, minGain: number, pairs: number): Acceptance["decision"] {
  if (pairs < 2) return "undecided";
  return gain > minGain ? "better" : "not-better";
}

function reasonOf(decision: Acceptance["decision"], pairs: number, exact: boolean): string {
  const said = decision === "better" ? "better" : "not better";
  return `${said} after ${pairs} fresh pairs${exact ? " without noise" : ""}`;
}

/** Mean of the repetitions; null when the verdict has no data for the objective. */
export function scoreOf(verdict: Verdict, objective: string): number | null {
  const values = verdict.scores[objective];
  if (!isData(verdict) || verdict.status !== "passed" || values === undefined || values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(mean) ? mean : null;
}
