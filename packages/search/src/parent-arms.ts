import type { CandidateId, Evaluated, ProposalRequest, Rng } from "@pawl/core";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";
import { behaviourOf, chooseStep, isGoal } from "./steps.ts";

/** A candidate as an arm of a bandit: to pull it is to ask for a child. */
export interface ParentArm {
  readonly id: CandidateId;
  readonly fitness: number;
  asked: number;
  /** Children told, those of them that were not better than this one, and the sum of the children's merits when they were told. */
  told: number;
  failed: number;
  reward: number;
}

/**
 * At most `limit` parents to choose from: the base, and candidates no worse than it that do something new. When one too many comes, the one
 * with the least merit goes, the more children failed the sooner.
 */
export class ParentArms {
  readonly #limit: number;
  readonly #exhausted = new ExhaustedRequests();
  readonly #behaviours = new Set<string>();
  #arms: ParentArm[] = [];
  #base: CandidateId | null = null;
  #lowest = 0;
  #highest = 0;

  constructor(limit = 48) {
    this.#limit = limit;
  }

  get open(): readonly ParentArm[] {
    return this.#arms;
  }

  begin(base: Evaluated): void {
    if (this.#base !== null) return;
    this.#base = base.candidate.id;
    [this.#lowest, this.#highest] = [base.fitness ?? 0, base.fitness ?? 0];
    this.#behaviours.add(behaviourOf(base));
    this.#insert(this.#base, this.#lowest);
  }

  /** In [0, 1]: 0 for the base and anything worse, 1 for the best so far. */
  merit(fitness: number): number {
    if (this.#highest === this.#lowest) return 0;
    return Math.max(0, (fitness - this.#lowest) / (this.#highest - this.#lowest));
  }

  /** How many edits to ask of a parent. */
  step(arm: ParentArm, rng: Rng): number {
    arm.asked += 1;
    return chooseStep(this.#exhausted, arm.id, rng) ?? 1;
  }

  tell(result: Evaluated): void {
    const { fitness, request } = result;
    if (fitness !== null && !isGoal(result)) this.#highest = Math.max(this.#highest, fitness);
    const parent = this.#arms.find((arm) => arm.id === request.parent);
    if (parent !== undefined) {
      parent.told += 1;
      parent.reward += fitness === null ? 0 : Math.min(1, this.merit(fitness));
      if (fitness === null || fitness <= parent.fitness) parent.failed += 1;
    }
    if (fitness === null || fitness < this.#lowest || isGoal(result)) return;
    const behaviour = behaviourOf(result);
    if (this.#behaviours.has(behaviour)) return;
    this.#behaviours.add(behaviour);
    this.#insert(result.candidate.id, fitness);
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
    if (STEP_SIZES.every((size) => this.#exhausted.has(request.parent, size)))
      this.#arms = this.#arms.filter((arm) => arm.id !== request.parent);
  }

  #insert(id: CandidateId, fitness: number): void {
    this.#arms.push({ id, fitness, asked: 0, told: 0, failed: 0, reward: 0 });
    if (this.#arms.length <= this.#limit) return;
    const worth = (arm: ParentArm): number => this.merit(arm.fitness) - arm.failed / 20;
    const least = this.#arms
      .filter((arm) => arm.id !== this.#base && arm.id !== id)
      .reduce((chosen, arm) => (worth(arm) < worth(chosen) ? arm : chosen));
    this.#arms = this.#arms.filter((arm) => arm !== least);
  }
}
