import { isData, PairedETest, type Check, type PairedDecision, type Submission, type Verdict } from "@pawl/core";

/** One number of a score, and what counts as a change of it. */
export interface Objective {
  readonly objective: string;
  /** Whether higher (1) or lower (-1) is better. */
  readonly sign: 1 | -1;
  /** Gains up to this size, in the score's unit, are not worth keeping. */
  readonly minGain: number;
  /** How much worse it may be, in the score's unit, where another objective gains; 0 unless told. */
  readonly tolerance?: number;
}

/** An objective with what is known of its noise. */
export interface KnownObjective extends Objective {
  /** Whether the score repeats exactly, as far as is known: then two equal pairs decide. Otherwise the sequential test does. */
  readonly exact: boolean;
  /** Scores that the two were given before; one that does not come again is noise. */
  readonly earlier: { readonly incumbent: readonly number[]; readonly challenger: readonly number[] };
}

export interface AcceptanceOptions extends KnownObjective {
  /** Probability of accepting a challenger that is not better. */
  readonly alpha: number;
  readonly maxPairs: number;
  /** Further objectives: then "better" is better in one of them all, and in none worse by more than its tolerance. */
  readonly others?: readonly KnownObjective[];
  /** The challenger is the simpler of the two: it needs no gain, only to be no worse than the tolerances. */
  readonly simpler?: boolean;
}

/** Share of a run's error budget for its k-th acceptance test, k from 1: the shares 1/(k(k + 1)) add up to 1, however many tests there are. */
export function shareOfErrorBudget(k: number): number {
  return 1 / (k * (k + 1));
}

export interface Acceptance {
  /** "better" also for a simpler challenger that is no worse, where that was asked. */
  readonly decision: "better" | "not-better" | "undecided";
  /** Fresh scores of both sides in the first objective, pair by pair, in the order they were measured. */
  readonly pairs: readonly { readonly incumbent: number; readonly challenger: number }[];
  /** The challenger's last verdict, with all its fresh scores. */
  readonly verdict: Verdict;
  readonly reason: string;
  /** False once a score of either side did not repeat. */
  readonly exact: boolean;
  /** Objectives of which a score did not repeat. */
  readonly noisy: readonly string[];
}

/**
 * Is the challenger better? Both sides are measured fresh, by turns, and the pairs go to sequential tests that may look after every
 * pair. Where every score that is known of either side repeats exactly there is no noise, and two pairs decide. A tie is not a gain.
 *
 * With several objectives half of `alpha` is for saying "one is better" (shared out evenly), and half for saying "none is worse" (each at
 * the whole half, for all must hold: an intersection-union test, Berger 1982).
 */
export async function accept(
  check: Check,
  incumbent: Submission,
  challenger: Submission,
  options: AcceptanceOptions,
  signal: AbortSignal,
): Promise<Acceptance> {
  const all = [options, ...(options.others ?? [])];
  const several = all.length > 1 || options.simpler === true;
  const alphas = several ? { better: options.alpha / 2 / all.length, noWorse: options.alpha / 2 } : null;
  const tests = all.map(
    (each) => new ObjectiveTest(each, alphas ?? { better: options.alpha, noWorse: options.alpha }, options.maxPairs),
  );
  const [main] = tests as [ObjectiveTest];
  for (let count = 1; ; count++) {
    // Who goes first alternates, so that a drift of the machine favours nobody.
    const first = count % 2 === 1 ? challenger : incumbent;
    const verdicts = [
      await check.confirm(first, signal),
      await check.confirm(first === challenger ? incumbent : challenger, signal),
    ] as const;
    const [verdict, other] = first === challenger ? verdicts : [verdicts[1], verdicts[0]];
    const noisy = (): readonly string[] => tests.filter((test) => !test.exact).map((test) => test.name);
    const facts = (): Pick<Acceptance, "pairs" | "exact" | "noisy"> => ({
      pairs: main.pairs,
      exact: noisy().length === 0,
      noisy: noisy(),
    });
    for (const test of tests) {
      const score = scoreOf(verdict, test.name);
      const base = scoreOf(other, test.name);
      if (score === null)
        return { decision: "not-better", verdict, reason: `no score in a fresh box (${verdict.status})`, ...facts() };
      if (base === null)
        return {
          decision: "undecided",
          verdict: { ...verdict, status: "infrastructure" },
          reason: `the incumbent gave no score this time (${other.status})`,
          ...facts(),
        };
      test.add(base, score);
    }
    const decision = several ? decideSeveral(tests, options, count) : main.better();
    if (decision === "undecided") continue;
    const fresh = Object.fromEntries(tests.map((test) => [test.name, test.pairs.map((pair) => pair.challenger)]));
    const reason = reasonOf(decision, count, noisy().length === 0, options.simpler === true);
    return { decision, verdict: { ...verdict, scores: { ...verdict.scores, ...fresh } }, reason, ...facts() };
  }
}

function decideSeveral(
  tests: readonly ObjectiveTest[],
  { simpler, maxPairs }: AcceptanceOptions,
  pairs: number,
): PairedDecision {
  const better = tests.map((test) => test.better());
  const noWorse = tests.map((test, i) => (better[i] === "better" ? "better" : test.noWorse()));
  if (noWorse.includes("not-better")) return "not-better";
  if (simpler !== true && better.every((decision) => decision === "not-better")) return "not-better";
  const proven = noWorse.every((decision) => decision === "better");
  if (proven && (simpler === true || better.includes("better"))) return "better";
  return pairs >= maxPairs ? "not-better" : "undecided";
}

/** The pairs of one objective, and what they say so far. */
class ObjectiveTest {
  readonly name: string;
  readonly pairs: { incumbent: number; challenger: number }[] = [];
  exact: boolean;
  readonly #known: KnownObjective;
  readonly #better: PairedETest;
  readonly #noWorse: PairedETest;

  constructor(known: KnownObjective, alphas: { readonly better: number; readonly noWorse: number }, maxPairs: number) {
    this.name = known.objective;
    this.exact = known.exact;
    this.#known = known;
    this.#better = new PairedETest({ alpha: alphas.better, minGain: known.minGain, maxPairs });
    this.#noWorse = new PairedETest({ alpha: alphas.noWorse, maxPairs });
  }

  add(incumbent: number, challenger: number): void {
    const { sign, tolerance = 0, earlier } = this.#known;
    this.pairs.push({ incumbent, challenger });
    this.#better.add(sign * incumbent, sign * challenger);
    this.#noWorse.add(sign * incumbent - tolerance, sign * challenger);
    this.exact &&=
      earlier.incumbent.every((each) => each === incumbent) && earlier.challenger.every((each) => each === challenger);
    this.exact &&= this.pairs.every((pair) => pair.incumbent === incumbent && pair.challenger === challenger);
  }

  better(): PairedDecision {
    return this.exact ? this.#ifExact(this.#gain() > this.#known.minGain) : this.#better.state();
  }

  /** "better" means: proven to be worse by less than the tolerance. */
  noWorse(): PairedDecision {
    return this.exact ? this.#ifExact(this.#gain() >= -(this.#known.tolerance ?? 0)) : this.#noWorse.state();
  }

  #ifExact(holds: boolean): PairedDecision {
    if (this.pairs.length < 2) return "undecided";
    return holds ? "better" : "not-better";
  }

  #gain(): number {
    const { incumbent, challenger } = this.pairs.at(-1) as { incumbent: number; challenger: number };
    return this.#known.sign * (challenger - incumbent);
  }
}

function reasonOf(decision: PairedDecision, pairs: number, exact: boolean, simpler: boolean): string {
  const yes = simpler ? "simpler, and no worse," : "better";
  const no = simpler ? "simpler, but not shown to be no worse," : "not better";
  return `${decision === "better" ? yes : no} after ${pairs} fresh pairs${exact ? " without noise" : ""}`;
}

/** Mean of the repetitions; null when the verdict has no data for the objective. */
export function scoreOf(verdict: Verdict, objective: string): number | null {
  const values = verdict.scores[objective];
  if (!isData(verdict) || verdict.status !== "passed" || values === undefined || values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Number.isFinite(mean) ? mean : null;
}
