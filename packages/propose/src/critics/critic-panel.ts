import type { Critic, Critique, CritiqueContext, FaultClass, Submission, Verdict } from "@pawl/core";
import { addWeights } from "../feedback/edit-weights.ts";
import { weightsOf } from "./critique-weights.ts";

/** How well a critic's predictions came out. */
export interface CriticRecord {
  readonly predictions: number;
  /** Mean squared error of its probabilities (Brier 1950); 0.25 for a critic that always says 1/2. */
  readonly brier: number;
}

/** A critic nobody knows counts like one that says 1/2, for so many predictions. */
const START = 4;
const UNKNOWN_BRIER = 0.25;

/**
 * Several critics as one. Predictions are averaged as log-odds and findings as probabilities, each critic by how well its predictions came out so far
 * (one over its mean squared error); texts are kept apart, the most trusted first. A critic that fails is left out and named.
 */
export class CriticPanel implements Critic {
  readonly id = "panel";
  readonly #critics: readonly Critic[];
  /** What it was told and has not dealt with yet. */
  #telling: Promise<void> = Promise.resolve();
  readonly #records = new Map<string, { predictions: number; squared: number }>();

  constructor(critics: readonly Critic[]) {
    this.#critics = critics;
  }

  async critique(submission: Submission, verdict: Verdict | null, context: CritiqueContext): Promise<Critique | null> {
    await this.#telling;
    const failed: string[] = [];
    const said = await Promise.all(
      this.#critics.map(async (critic) => {
        try {
          return await critic.critique(submission, verdict, context);
        } catch (error) {
          context.signal.throwIfAborted();
          failed.push(`${critic.id} failed: ${(error as Error).message}`);
          return null;
        }
      }),
    );
    const heard = said
      .filter((each) => each !== null)
      .toSorted((a, b) => this.#trust(b.critic) - this.#trust(a.critic));
    if (heard.length === 0 && failed.length === 0) return null;
    const predictions = heard.filter((each) => each.predicted !== undefined);
    const findings = heard.filter((each) => each.finding !== undefined);
    const first = findings[0]?.finding;
    const weights = addWeights(...heard.map(weightsOf));
    return {
      critic: this.id,
      text: [...heard.map(({ critic, text }) => `${critic}: ${text}`), ...failed].join("\n"),
      ...(predictions.length === 0 ? {} : { predicted: this.#meanOdds(predictions) }),
      ...(first === undefined ? {} : { finding: { ...first, kinds: this.#meanKinds(findings) } }),
      ...(weights === undefined ? {} : { weights }),
    };
  }

  /** Like `tell`; whoever asks it next waits for that. */
  learn(submission: Submission, verdict: Verdict, context: CritiqueContext): void {
    this.#telling = this.#telling.then(() => this.tell(submission, verdict, context));
  }

  /** Asks each critic what it would have said, notes how far off it was, then lets it learn. */
  async tell(submission: Submission, verdict: Verdict, context: CritiqueContext): Promise<void> {
    const good = Number(verdict.status === "passed");
    for (const critic of this.#critics) {
      const before = await critic.critique(submission, null, context);
      if (before?.predicted !== undefined) {
        const record = this.#records.get(critic.id) ?? { predictions: 0, squared: 0 };
        record.predictions += 1;
        record.squared += (before.predicted - good) ** 2;
        this.#records.set(critic.id, record);
      }
      critic.learn?.(submission, verdict, context);
    }
  }

  record(id: string): CriticRecord {
    const { predictions, squared } = this.#records.get(id) ?? { predictions: 0, squared: 0 };
    return { predictions, brier: (squared + START * UNKNOWN_BRIER) / (predictions + START) };
  }

  #trust(id: string): number {
    return 1 / Math.max(0.01, this.record(id).brier);
  }

  #meanOdds(said: readonly Critique[]): number {
    let sum = 0;
    let total = 0;
    for (const { critic, predicted = 0.5 } of said) {
      const bounded = Math.min(1 - 1e-6, Math.max(1e-6, predicted));
      sum += this.#trust(critic) * Math.log(bounded / (1 - bounded));
      total += this.#trust(critic);
    }
    return 1 / (1 + Math.exp(-sum / total));
  }

  #meanKinds(said: readonly Critique[]): Partial<Record<FaultClass, number>> {
    const kinds: Partial<Record<FaultClass, number>> = {};
    const total = said.reduce((sum, { critic }) => sum + this.#trust(critic), 0);
    for (const { critic, finding } of said)
      for (const [kind, share] of Object.entries(finding?.kinds ?? {}) as [FaultClass, number][])
        kinds[kind] = (kinds[kind] ?? 0) + (this.#trust(critic) / total) * share;
    return kinds;
  }
}
