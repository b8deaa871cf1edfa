import type {
  CandidateId,
  EditNote,
  EditWeights,
  Experience,
  Miss,
  Proposal,
  ProposalRequest,
  ProposeContext,
  Proposer,
} from "@pawl/core";
import { addWeights } from "@pawl/propose";
import { SoftmaxPolicy, type SoftmaxPolicyOptions } from "./softmax-policy.ts";

/** Places, as `path:line`, that were edited on the way to a parent; none for the start. */
export type Past = ReadonlySet<string>;

/** Which edits of a parent are worth a sample, learned from what earlier ones gained. */
export interface EditPolicy {
  weights(past: Past): EditWeights;
  /** Scores in [0, 1]; null counts as nothing passed. */
  learn(edits: readonly EditNote[], past: Past, score: number | null, parent: number | null): void;
}

/** Knows the operator of an edit, and nothing of what is edited. */
export class OperatorPolicy implements EditPolicy {
  readonly #operators: SoftmaxPolicy;

  constructor(options: SoftmaxPolicyOptions) {
    this.#operators = new SoftmaxPolicy(options);
  }

  weights(): EditWeights {
    return { byOperator: this.#operators.logits() };
  }

  learn(edits: readonly EditNote[], _past: Past, score: number | null, parent: number | null): void {
    this.#operators.learn(
      edits.map(({ operator }) => operator),
      score,
      parent,
    );
  }
}

/** Edits a place that was edited before, or another. */
type Place = "again" | "elsewhere";

/**
 * Knows the history of the parent as well: operators have logits of their own for a start and for what was edited before, and whether an edit
 * returns to a place that was edited is a choice with logits too.
 */
export class HistoryPolicy implements EditPolicy {
  readonly #first: SoftmaxPolicy;
  readonly #later: SoftmaxPolicy;
  readonly #places: SoftmaxPolicy;

  constructor(options: SoftmaxPolicyOptions) {
    this.#first = new SoftmaxPolicy(options);
    this.#later = new SoftmaxPolicy(options);
    this.#places = new SoftmaxPolicy(options);
  }

  weights(past: Past): EditWeights {
    if (past.size === 0) return { byOperator: this.#first.logits() };
    const { again = 0, elsewhere = 0 }: Partial<Record<Place, number>> = this.#places.logits();
    const byLine = Object.fromEntries([...past].map((place) => [place, again - elsewhere]));
    return { byOperator: this.#later.logits(), byLine };
  }

  learn(edits: readonly EditNote[], past: Past, score: number | null, parent: number | null): void {
    const operators = edits.map(({ operator }) => operator);
    (past.size === 0 ? this.#first : this.#later).learn(operators, score, parent);
    if (past.size === 0) return;
    const places = edits.map((edit): Place => (past.has(placeOf(edit)) ? "again" : "elsewhere"));
    this.#places.learn(places, score, parent);
  }
}

/** A proposer whose edits are weighted by a policy; `learns` while it is trained. */
export class PolicyProposer implements Proposer {
  readonly id: string;
  readonly #inner: Proposer;
  readonly #policy: EditPolicy;
  readonly #learns: boolean;
  readonly #pasts = new Map<CandidateId, Past>();

  constructor(inner: Proposer, policy: EditPolicy, learns: boolean) {
    this.id = `${inner.id}, with a policy`;
    this.#inner = inner;
    this.#policy = policy;
    this.#learns = learns;
  }

  propose(request: ProposalRequest, context: ProposeContext): AsyncIterable<Proposal> {
    const weights = addWeights(request.weights, this.#policy.weights(this.#pastOf(request.parent)));
    return this.#inner.propose({ ...request, ...(weights === undefined ? {} : { weights }) }, context);
  }

  learn(experience: Experience): void {
    this.#inner.learn?.(experience);
    const { candidate, request, fitness, parentFitness } = experience;
    const edits = candidate.origin.edits ?? [];
    const past = this.#pastOf(request.parent);
    // What was put together holds the edits of all its parents.
    const pasts = [past, ...(request.inspirations ?? []).map((id) => this.#pastOf(id))];
    this.#pasts.set(candidate.id, new Set([...pasts.flatMap((each) => [...each]), ...edits.map(placeOf)]));
    if (this.#learns && request.inspirations === undefined) this.#policy.learn(edits, past, fitness, parentFitness);
  }

  missed(miss: Miss): void {
    this.#inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#inner.close?.();
  }

  #pastOf(id: CandidateId): Past {
    return this.#pasts.get(id) ?? new Set();
  }
}

function placeOf({ path, line }: EditNote): string {
  return `${path}:${line}`;
}
