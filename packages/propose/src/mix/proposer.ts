import {
  isData,
  type Experience,
  type Miss,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type Spent,
} from "@pawl/core";
import { Bandit, type BanditState } from "./bandit.ts";

export interface MixOptions {
  /** By the names under which they are compared; the names are recorded and must not change within a family. */
  readonly arms: Readonly<Record<string, Proposer>>;
  /** How well each arm did on tasks of this family before. */
  readonly known?: BanditState;
  /** What one request used up, above 0: the same unit for all arms, such as the share of the run's budget. */
  readonly costOf: (spent: Spent, evaluated: boolean) => number;
}

/** A fix, and a step towards one. */
const REWARD_FIX = 1;
const REWARD_PROGRESS = 0.5;

/**
 * Several proposers as one: a bandit gives each request to the arm that is likely to get the most out of the budget. An arm of Pawl's own
 * that has nothing left for a request hands it to another.
 */
export class MixProposer implements Proposer {
  readonly id = "mix";
  readonly concurrency: number;
  readonly #o: MixOptions;
  readonly #bandit: Bandit;
  /** Arms of the requests that were not told yet. */
  readonly #open = new Map<number, string>();

  constructor(options: MixOptions) {
    this.#o = options;
    const arms = Object.keys(options.arms);
    this.#bandit = new Bandit({ arms, state: options.known ?? {} });
    this.concurrency = Math.max(...Object.values(options.arms).map((arm) => arm.concurrency ?? 1));
  }

  get pending(): boolean {
    return Object.values(this.#o.arms).some((arm) => arm.pending === true);
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { arms } = this.#o;
    const sent = { asked: false };
    const watched: ProposeContext = Object.create(context, {
      ask: {
        value: (...question: Parameters<ProposeContext["ask"]>) => ((sent.asked = true), context.ask(...question)),
      },
      reserve: {
        value: (bound: Parameters<ProposeContext["reserve"]>[0]) => ((sent.asked = true), context.reserve(bound)),
      },
    }) as ProposeContext;
    const untried = new Set(this.#bandit.arms);
    while (untried.size > 0 && !sent.asked) {
      const name = this.#bandit.choose(context.rng.child("arm", untried.size), [...untried]);
      untried.delete(name);
      this.#open.set(context.n, name);
      yield* (arms[name] as Proposer).propose(request, watched);
    }
  }

  learn(experience: Experience): void {
    const { fitness, parentFitness, confirmed, verdict, spent, n } = experience;
    const better = isData(verdict) && fitness !== null && parentFitness !== null && fitness > parentFitness;
    const fixed = confirmed && verdict.status === "passed" && better;
    this.#tell(n, fixed ? REWARD_FIX : better ? REWARD_PROGRESS : 0, spent, true);
    // What became of a candidate is of use to all of them.
    for (const arm of Object.values(this.#o.arms)) arm.learn?.(experience);
  }

  missed(miss: Miss): void {
    const name = this.#open.get(miss.n);
    this.#tell(miss.n, 0, miss.spent, false);
    if (name !== undefined) this.#o.arms[name]?.missed?.(miss);
  }

  /** How well each arm did, for the next run of this family. */
  known(): BanditState {
    return this.#bandit.state();
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#o.arms).map((arm) => arm.close?.()));
  }

  #tell(n: number, reward: number, spent: Spent, evaluated: boolean): void {
    const name = this.#open.get(n);
    this.#open.delete(n);
    if (name !== undefined) this.#bandit.tell(name, reward, this.#o.costOf(spent, evaluated));
  }
}
