/** What a step is rewarded by: the change of the score, or the score itself. */
export type StepReward = "potential" | "final";

export interface SoftmaxPolicyOptions {
  readonly reward: StepReward;
  readonly rate?: number;
  /** Samples whose mean reward is the baseline. */
  readonly group?: number;
}

/**
 * A softmax policy over kinds of edits, learned by policy gradient: REINFORCE with the mean reward of the group as
 * baseline (Williams 1992). With the potential reward, R(y) − R(y′) for a sample y made of y′, the sum over a trajectory is what the whole
 * gained, so that the best policy is the same as for the final score (Ng, Harada & Russell 1999).
 */
export class SoftmaxPolicy {
  readonly #o: Required<SoftmaxPolicyOptions>;
  readonly #logits = new Map<string, number>();
  #group: { readonly kind: string; readonly reward: number }[] = [];
  #updates = 0;

  constructor(options: SoftmaxPolicyOptions) {
    this.#o = { rate: 0.5, group: 8, ...options };
  }

  get updates(): number {
    return this.#updates;
  }

  logits(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#logits);
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
