import type { ArchiveView, CandidateId, EditWeights, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { BestWorstFeedback, type FeedbackParts } from "./best-worst-feedback.ts";
import { ExhaustedRequests } from "./requests.ts";
import { chooseStep, isGoal } from "./steps.ts";

export interface IadOptions extends FeedbackParts {
  /** Candidates of a round. */
  readonly samples?: number;
  /** Start from the best so far; otherwise every round starts from the base, as independent sampling does. */
  readonly best?: boolean;
  /** Share of the requests for two edits at once. */
  readonly pairs?: number;
  /**
   * A further, fresh score of a candidate, where scores are noisy: the best so far is measured again at the end of every round and counts
   * with the mean of its scores. Whoever gives it pays for it.
   */
  readonly rescore?: (candidate: CandidateId) => number | null;
  readonly temperature?: number;
}

interface Incumbent {
  entry: Evaluated;
  /** Every score it was given. */
  readonly scores: number[];
}

/**
 * Iterative decoding with feedback (Chakraborty et al. 2025, "Review, Refine, Repeat"): rounds of samples, each conditioned on the best candidate
 * so far and on the worst of the round before. The best changes at the end of a round and only for a strictly higher score: among equals,
 * edits that do nothing would pile up.
 */
export class Iad implements Search {
  readonly id = "iad";
  readonly #o: Required<Omit<IadOptions, "rescore" | keyof FeedbackParts>>;
  readonly #rescore: IadOptions["rescore"];
  readonly #feedback: BestWorstFeedback;
  readonly #exhausted = new ExhaustedRequests();
  #best: Incumbent | null = null;
  #weights: EditWeights | undefined = undefined;
  #hint = "";
  #roundBest: Evaluated | null = null;
  #roundWorst: Evaluated | null = null;
  #told = 0;
  #rounds = 0;

  constructor({ rescore, worst = true, critique = true, ...options }: IadOptions = {}) {
    this.#o = { samples: 6, best: true, pairs: 0.5, temperature: 1, ...options };
    this.#rescore = rescore;
    this.#feedback = new BestWorstFeedback({ worst, critique });
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#best ??= { entry: view.base, scores: [view.base.fitness ?? -Infinity] };
    const base = view.base.candidate.id;
    const { best, pairs, temperature } = this.#o;
    for (const parent of best ? [this.#best.entry.candidate.id, base] : [base]) {
      const edits = chooseStep(this.#exhausted, parent, rng, pairs);
      if (edits === null) continue;
      return {
        parent,
        edits,
        temperature,
        ...(this.#weights === undefined ? {} : { weights: this.#weights }),
        ...(this.#hint === "" ? {} : { hint: this.#hint }),
      };
    }
    this.#exhausted.askInVain();
    return { parent: base, edits: 1, temperature };
  }

  tell(result: Evaluated): void {
    this.#exhausted.answered();
    this.#told += 1;
    const { fitness } = result;
    if (fitness !== null && !isGoal(result)) {
      if (this.#roundBest === null || fitness > (this.#roundBest.fitness as number)) this.#roundBest = result;
      if (this.#roundWorst === null || fitness < (this.#roundWorst.fitness as number)) this.#roundWorst = result;
    }
    if (this.#told % this.#o.samples === 0) this.#endRound();
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over();
  }

  state(): Json {
    const best = this.#best;
    return {
      rounds: this.#rounds,
      best: best === null ? null : { id: best.entry.candidate.id, score: scoreOf(best), scores: best.scores.length },
      weights: (this.#weights ?? null) as Json,
    };
  }

  #endRound(): void {
    this.#rounds += 1;
    const [incumbent, challenger, worst] = [this.#best, this.#roundBest, this.#roundWorst];
    [this.#roundBest, this.#roundWorst] = [null, null];
    if (incumbent === null) return;
    const again = this.#rescore?.(incumbent.entry.candidate.id) ?? null;
    if (again !== null) incumbent.scores.push(again);
    if (challenger !== null && (challenger.fitness as number) > scoreOf(incumbent))
      this.#best = { entry: challenger, scores: [challenger.fitness as number] };
    if (worst !== null) this.#feedback.avoid(worst);
    const best = (this.#best as Incumbent).entry;
    this.#weights = this.#feedback.weights(best);
    this.#hint = this.#feedback.hint(best, worst);
  }
}

function scoreOf({ scores }: Incumbent): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
