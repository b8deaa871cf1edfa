import {
  CellMap,
  type ArchiveView,
  type CandidateId,
  type Evaluated,
  type Json,
  type ProposalRequest,
  type Rng,
  type Search,
} from "@pawl/core";
import { sizeAndFailures } from "./map-elites.ts";
import { ExhaustedRequests } from "./requests.ts";
import { chooseStep, isGoal } from "./steps.ts";

export interface CuriosityOptions {
  /** Names the cell of a candidate; candidates compete only within a cell. */
  readonly descriptor?: (result: Evaluated) => string;
  /** Cells drawn for a request, of which the most curious is taken. */
  readonly drawn?: number;
  readonly temperature?: number;
}

interface Elite {
  readonly id: CandidateId;
  curiosity: number;
}

/** What a child is worth to its parent's curiosity: that it found a place in the map, or that it did not (Cully & Demiris 2018). */
const FOUND = 1;
const IN_VAIN = -0.5;

/**
 * Quality-diversity with curiosity (Cully & Demiris 2018, "Quality and Diversity Optimization: A Unifying Modular Framework"): the best candidate
 * of each cell, as in MAP-Elites; parents are those whose children lately found a new cell or took one over. They are chosen by a tournament
 * among a few cells drawn at random, so that a choice costs the same however many cells there are.
 */
export class Curiosity implements Search {
  readonly id = "curiosity";
  readonly #descriptor: (result: Evaluated) => string;
  readonly #drawn: number;
  readonly #temperature: number;
  readonly #cells = new CellMap<Elite>();
  readonly #elites = new Map<CandidateId, Elite>();
  readonly #exhausted = new ExhaustedRequests();
  #base: Elite | null = null;

  constructor(options: CuriosityOptions = {}) {
    this.#descriptor = options.descriptor ?? sizeAndFailures;
    this.#drawn = options.drawn ?? 4;
    this.#temperature = options.temperature ?? 1;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#base === null) {
      this.#base = { id: view.base.candidate.id, curiosity: 0 };
      this.#elites.set(this.#base.id, this.#base);
    }
    let chosen: Elite = this.#base;
    for (let draw = 0; draw < this.#drawn; draw++) {
      const elite = this.#cells.sample(rng);
      if (elite !== undefined && (draw === 0 || elite.curiosity > chosen.curiosity)) chosen = elite;
    }
    // The base is no cell, and stays a parent among the others.
    if (this.#base.curiosity > chosen.curiosity) chosen = this.#base;
    const edits = chooseStep(this.#exhausted, chosen.id, rng);
    if (edits === null) chosen.curiosity = -Infinity;
    return { parent: chosen.id, edits: edits ?? 1, temperature: this.#temperature };
  }

  tell(result: Evaluated): void {
    this.#exhausted.answered();
    const parent = this.#elites.get(result.request.parent);
    const cell = this.#descriptor(result);
    const elite = { id: result.candidate.id, curiosity: 0 };
    const before = this.#cells.get(cell);
    const found = result.fitness !== null && !isGoal(result) && this.#cells.add(cell, result.fitness, elite);
    if (found) {
      if (before !== undefined) this.#elites.delete(before.id);
      this.#elites.set(elite.id, elite);
    }
    if (parent !== undefined) parent.curiosity += found ? FOUND : IN_VAIN;
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  /** Cells are many and drawn at random, so the end is a long row of requests without a proposal. */
  done(): boolean {
    return this.#exhausted.over(500);
  }

  state(): Json {
    return { cells: this.#cells.size, base: this.#base?.curiosity ?? null };
  }
}
