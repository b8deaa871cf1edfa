import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";
import { isSolved } from "./steps.ts";

export interface TurnsOptions {
  /** Candidates of a turn, all made from the same program; default 6. */
  readonly width?: number;
  /** Turns after which it begins again with the first program; default 10. */
  readonly turns?: number;
  /**
   * What becomes the program of the next turn: the turn's best candidate if it is better (default); none, since only passing everything counts; or
   * the turn's last candidate, whatever became of it.
   */
  readonly accept?: "better" | "passed" | "last";
  /** Share of requests that take two steps at once; default 0. */
  readonly jump?: number;
  readonly temperature?: number;
}

/**
 * Self-debugging's loop of turns: try, hear what became of it, try again from there. The program of a turn is the one that failed last and came furthest, not
 * the first one (Chen et al. 2023).
 */
export class Turns implements Search {
  readonly id = "turns";
  readonly #o: Required<TurnsOptions>;
  readonly #exhausted = new ExhaustedRequests();
  #base: CandidateId | null = null;
  #baseFitness = -Infinity;
  #current: CandidateId | null = null;
  #fitness = -Infinity;
  #turn = 0;
  #told = 0;
  #best: { readonly id: CandidateId; readonly fitness: number; readonly solved: boolean } | null = null;

  constructor(options: TurnsOptions = {}) {
    this.#o = { width: 6, turns: 10, accept: "better", jump: 0, temperature: 1, ...options };
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#base === null) {
      this.#base = view.base.candidate.id;
      this.#baseFitness = view.base.fitness ?? -Infinity;
      this.#begin();
    }
    const wanted = rng.uniform() < this.#o.jump ? 2 : 1;
    for (const parent of [this.#current as CandidateId, this.#base]) {
      const edits = [wanted, ...STEP_SIZES].find((size) => !this.#exhausted.has(parent, size));
      if (edits !== undefined) return { parent, edits, temperature: this.#o.temperature };
    }
    return { parent: this.#base, edits: 1, temperature: this.#o.temperature };
  }

  tell(result: Evaluated): void {
    const { candidate, fitness } = result;
    const { width, turns, accept } = this.#o;
    this.#told += 1;
    if (fitness !== null && (accept === "last" || this.#best === null || fitness > this.#best.fitness))
      this.#best = { id: candidate.id, fitness, solved: isSolved(result) };
    if (this.#told < width) return;
    const best = this.#best;
    const better = best !== null && best.fitness > this.#fitness;
    // The goal is no step on the way: from there on, other ways to it.
    if (best?.solved === true) this.#begin();
    else if (best !== null && (accept === "last" || (accept === "better" && better)))
      [this.#current, this.#fitness] = [best.id, best.fitness];
    this.#told = 0;
    this.#best = null;
    this.#turn += 1;
    if (this.#turn % turns === 0) this.#begin();
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    const of = (id: CandidateId | null): boolean =>
      id !== null && STEP_SIZES.every((size) => this.#exhausted.has(id, size));
    return of(this.#base) && of(this.#current);
  }

  state(): Json {
    return { turn: this.#turn, told: this.#told, current: this.#current };
  }

  #begin(): void {
    this.#current = this.#base;
    this.#fitness = this.#baseFitness;
  }
}
