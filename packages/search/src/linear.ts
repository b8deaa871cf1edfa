import {
  isData,
  type ArchiveView,
  type CandidateId,
  type Evaluated,
  type Json,
  type ProposalRequest,
  type Search,
} from "@pawl/core";
import { isSolved } from "./steps.ts";

export interface LinearOptions {
  /** Edits of a trajectory; default no limit. */
  readonly steps?: number;
  /** Whether another trajectory begins at the base when one has ended; default no. */
  readonly restart?: boolean;
  readonly temperature?: number;
}

/**
 * An agent that works in a line: each edit is made on the last candidate, whatever its verdict. The comparison for every search that branches.
 */
export class Linear implements Search {
  readonly id: string;
  readonly #steps: number;
  readonly #restart: boolean;
  readonly #temperature: number;
  #base: CandidateId | null = null;
  #last: CandidateId | null = null;
  #taken = 0;
  #trajectories = 0;
  #ended = false;

  constructor({ steps = Infinity, restart = false, temperature = 1 }: LinearOptions = {}) {
    this.id = restart ? "linear-restart" : "linear";
    this.#steps = steps;
    this.#restart = restart;
    this.#temperature = temperature;
  }

  ask(view: ArchiveView): ProposalRequest {
    this.#base = view.base.candidate.id;
    return { parent: this.#last ?? this.#base, edits: 1, temperature: this.#temperature };
  }

  tell(result: Evaluated): void {
    if (!isData(result.verdict)) return;
    this.#last = result.candidate.id;
    this.#taken += 1;
    if (this.#taken >= this.#steps || isSolved(result)) this.#end();
  }

  exhausted({ parent }: ProposalRequest): void {
    if (parent === this.#base) this.#ended = true;
    else if (parent === this.#last) this.#end();
  }

  done(): boolean {
    return this.#ended;
  }

  state(): Json {
    return { trajectories: this.#trajectories, taken: this.#taken, last: this.#last };
  }

  #end(): void {
    this.#trajectories += 1;
    this.#last = null;
    this.#taken = 0;
    if (!this.#restart) this.#ended = true;
  }
}
