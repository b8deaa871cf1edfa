import type { Critic, EditNote, EditWeights, Submission, Verdict } from "@pawl/core";

/** Weights by feature, and the step taken for each so far: plain data. */
export interface ValueState {
  readonly version: 1;
  readonly weights: Readonly<Record<string, number>>;
  /** Sums of squared gradients, for AdaGrad (Duchi, Hazan, Singer 2011). */
  readonly squares: Readonly<Record<string, number>>;
  readonly seen: number;
}

const RATE = 0.3;
const DECAY = 1e-4;

/**
 * Predicts whether a candidate will pass, from what is known before it runs: who made it, by which operators, how suspicious its lines are, and how the
 * parent did. Logistic regression, one step of AdaGrad for every verdict. `isGood` says what is predicted; by default that all tests pass.
 */
export class ValueCritic implements Critic {
  readonly id = "value";
  readonly #weights = new Map<string, number>();
  readonly #squares = new Map<string, number>();
  readonly #isGood: (verdict: Verdict) => boolean;
  #seen = 0;

  constructor(options: { readonly isGood?: (verdict: Verdict) => boolean; readonly state?: ValueState } = {}) {
    this.#isGood = options.isGood ?? ((verdict) => verdict.status === "passed");
    for (const [name, weight] of Object.entries(options.state?.weights ?? {})) this.#weights.set(name, weight);
    for (const [name, square] of Object.entries(options.state?.squares ?? {})) this.#squares.set(name, square);
    this.#seen = options.state?.seen ?? 0;
  }

  critique: Critic["critique"] = async (submission) => {
    const predicted = this.predict(submission);
    return {
      critic: this.id,
      predicted,
      text: `It passes with a probability of ${(100 * predicted).toFixed(1)} %, as far as can be said before it is run.`,
      ...(this.#seen === 0 ? {} : { weights: this.#weightsOfEdits() }),
    };
  };

  /** What it learned of operators and kinds of faults, as log-odds: what the next edit is worth, other things being equal. */
  #weightsOfEdits(): EditWeights {
    const of = (prefix: string): Record<string, number> =>
      Object.fromEntries(
        [...this.#weights].flatMap(([name, weight]) =>
          name.startsWith(prefix) ? [[name.slice(prefix.length), weight] as const] : [],
        ),
      );
    return { byOperator: of("operator "), byFaultClass: of("kind ") };
  }

  /** Probability in (0, 1); 1/2 before anything was learned. */
  predict(submission: Submission): number {
    const sum = featuresOf(submission).reduce(
      (total, [name, value]) => total + (this.#weights.get(name) ?? 0) * value,
      0,
    );
    return 1 / (1 + Math.exp(-sum));
  }

  learn(submission: Submission, verdict: Verdict): void {
    const error = this.predict(submission) - Number(this.#isGood(verdict));
    this.#seen += 1;
    for (const [name, value] of featuresOf(submission)) {
      const weight = this.#weights.get(name) ?? 0;
      const gradient = error * value + DECAY * weight;
      const square = (this.#squares.get(name) ?? 0) + gradient * gradient;
      this.#squares.set(name, square);
      if (gradient !== 0) this.#weights.set(name, weight - (RATE * gradient) / Math.sqrt(square + 1e-8));
    }
  }

  state(): ValueState {
    return {
      version: 1,
      weights: Object.fromEntries(this.#weights),
      squares: Object.fromEntries(this.#squares),
      seen: this.#seen,
    };
  }
}

/** Features of a candidate before it is judged, as name and value. */
function featuresOf({ candidate }: Submission): readonly (readonly [string, number])[] {
  const { origin, changes } = candidate;
  const edits = origin.edits ?? [];
  const size = changes.reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);
  const features: [string, number][] = [
    ["bias", 1],
    [`proposer ${origin.proposer}`, 1],
    ["log size", Math.log(1 + size) / 5],
    ["edits", Math.min(3, edits.length) / 3],
  ];
  if (origin.logProbability !== undefined) features.push(["log probability", Math.max(-15, origin.logProbability) / 5]);
  for (const edit of edits) features.push(...featuresOfEdit(edit, edits.length));
  return features;
}

function featuresOfEdit({ operator, faultClass, suspiciousness, weight }: EditNote, count: number): [string, number][] {
  return [
    [`operator ${operator}`, 1 / count],
    [`kind ${faultClass}`, 1 / count],
    ["suspiciousness", suspiciousness / count],
    ["most suspicious", Number(suspiciousness >= 0.95) / count],
    ["log suspiciousness", Math.log(suspiciousness + 0.02) / 4 / count],
    ["log weight", Math.log(weight) / 3 / count],
  ];
}
