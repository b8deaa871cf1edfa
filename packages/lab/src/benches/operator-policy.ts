import type { EditWeights, Experience, Miss, Proposal, ProposalRequest, ProposeContext, Proposer } from "@pawl/core";

/** What a step is rewarded by: the change of the score, or the score itself. */
export type StepReward = "potential" | "final";

export interface OperatorPolicyOptions {
  readonly reward: StepReward;
  readonly rate?: number;
  /** Samples whose mean reward is the baseline. */
  readonly group?: number;
}

/**
 * A softmax policy over operators, learned by policy gradient: REINFORCE with the mean reward of the group as
 * baseline (Williams 1992). With the potential reward, R(y) − R(y′) for a sample y made of y′, the sum over a trajectory is what the whole
 * gained, so that the best policy is the same as for the final score (Ng, Harada & Russell 1999).
 */
export class OperatorPolicy {
  readonly #o: Required<OperatorPolicyOptions>;
  readonly #logits = new Map<string, number>();
  #group: { readonly kind: string; readonly reward: number }[] = [];
  #updates = 0;

  constructor(options: OperatorPolicyOptions) {
    this.#o = { rate: 0.5, group: 8, ...options };
  }

  get updates(): number {
    return this.#updates;
  }

  weights(): EditWeights {
    return { byOperator: Object.fromEntries(this.#logits) };
  }

  /** Scores in [0, 1]; null counts as nothing passed. */
  learn(kinds: readonly string[], score: number | null, parent: number | null): void {
    const reached = Math.max(0, score ?? 0);
    const reward = this.#o.reward === "potential" ? reached - Math.max(0, parent ?? 0) : reached;
    for (const kind of kinds) {
      if (!this.#logits.has(kind)) this.#logits.set(kind, 0);
      this.#group.push({ kind, reward });
    }
    if (this.#group.length >= this.#o.group) this.#update();
  }

  #update(): void {
    const group = this.#group;
    this.#group = [];
    this.#updates += 1;
    const baseline = group.reduce((sum, { reward }) => sum + reward, 0) / group.length;
    const shares = this.#softmax();
    for (const { kind, reward } of group) {
      const step = (this.#o.rate * (reward - baseline)) / group.length;
      for (const [each, share] of shares)
        this.#logits.set(each, (this.#logits.get(each) ?? 0) + step * ((each === kind ? 1 : 0) - share));
    }
  }

  #softmax(): ReadonlyMap<string, number> {
    const highest = Math.max(...this.#logits.values());
    const powers = [...this.#logits].map(([kind, logit]) => [kind, Math.exp(logit - highest)] as const);
    const total = powers.reduce((sum, [, power]) => sum + power, 0);
    return new Map(powers.map(([kind, power]) => [kind, power / total]));
  }
}

/** A proposer whose edits are weighted by a policy; `learns` while it is trained. */
export class PolicyProposer implements Proposer {
  readonly id: string;
  readonly #inner: Proposer;
  readonly #policy: OperatorPolicy;
  readonly #learns: boolean;

  constructor(inner: Proposer, policy: OperatorPolicy, learns: boolean) {
    this.id = `${inner.id}, with a policy`;
    this.#inner = inner;
    this.#policy = policy;
    this.#learns = learns;
  }

  propose(request: ProposalRequest, context: ProposeContext): AsyncIterable<Proposal> {
    const own = request.weights ?? {};
    const policy = this.#policy.weights().byOperator ?? {};
    const byOperator: Record<string, number> = { ...own.byOperator };
    for (const [operator, logit] of Object.entries(policy)) byOperator[operator] = (byOperator[operator] ?? 0) + logit;
    return this.#inner.propose({ ...request, weights: { ...own, byOperator } }, context);
  }

  learn(experience: Experience): void {
    this.#inner.learn?.(experience);
    if (!this.#learns) return;
    const kinds = (experience.candidate.origin.edits ?? []).map(({ operator }) => operator);
    if (experience.request.inspirations === undefined)
      this.#policy.learn(kinds, experience.fitness, experience.parentFitness);
  }

  missed(miss: Miss): void {
    this.#inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#inner.close?.();
  }
}
