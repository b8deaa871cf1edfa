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
import { ExhaustedRequests } from "./requests.ts";

export interface MapElitesOptions {
  readonly islands?: number;
  /** After so many tells, each island's best moves to the next island (ring). */
  readonly migrateEvery?: number;
  /** Names the cell of a candidate; candidates compete only within a cell. */
  readonly descriptor?: (result: Evaluated) => string;
  readonly temperature?: number;
}

interface Elite {
  readonly id: CandidateId;
  readonly fitness: number;
}

/** MAP-Elites (Mouret & Clune 2015) on islands (Tanese 1989): the best candidate of each cell, parents drawn uniformly from the cells. */
export class MapElites implements Search {
  readonly id = "map-elites";
  readonly #descriptor: (result: Evaluated) => string;
  readonly #migrateEvery: number;
  readonly #temperature: number;
  readonly #islands: {
    readonly cells: CellMap<Elite>;
    best: { readonly cell: string; readonly elite: Elite } | null;
  }[];
  readonly #exhausted = new ExhaustedRequests();
  #asked = 0;
  #told = 0;

  constructor(options: MapElitesOptions = {}) {
    this.#descriptor = options.descriptor ?? sizeAndFailures;
    this.#migrateEvery = options.migrateEvery ?? 100;
    this.#temperature = options.temperature ?? 1;
    this.#islands = Array.from({ length: options.islands ?? 4 }, () => ({
      cells: new CellMap<Elite>(),
      best: null,
    }));
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    const island = this.#asked++ % this.#islands.length;
    const elite = this.#islands[island]?.cells.sample(rng);
    const parent = elite?.id ?? view.base.candidate.id;
    const edits = this.#exhausted.has(parent, 1) || rng.uniform() < 0.15 ? 2 : 1;
    return { parent, edits, temperature: this.#temperature, island };
  }

  tell(result: Evaluated): void {
    this.#told += 1;
    this.#exhausted.answered();
    if (result.fitness !== null)
      this.#settle(result.request.island ?? 0, this.#descriptor(result), {
        id: result.candidate.id,
        fitness: result.fitness,
      });
    if (this.#told % this.#migrateEvery === 0) this.#migrate();
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  /** Cells are many and drawn at random, so the end is a long row of requests without a proposal. */
  done(): boolean {
    return this.#exhausted.over(500);
  }

  state(): Json {
    return {
      asked: this.#asked,
      told: this.#told,
      islands: this.#islands.map((island) => ({
        cells: island.cells.size,
        best: island.best?.elite.fitness ?? null,
      })),
    };
  }

  #settle(islandIndex: number, cell: string, elite: Elite): void {
    const island = this.#islands[islandIndex];
    if (island === undefined) return;
    island.cells.add(cell, elite.fitness, elite);
    if (island.best === null || elite.fitness > island.best.elite.fitness) island.best = { cell, elite };
  }

  #migrate(): void {
    const bests = this.#islands.map((island) => island.best);
    bests.forEach((best, from) => {
      if (best !== null) this.#settle((from + 1) % this.#islands.length, best.cell, best.elite);
    });
  }
}

/** Default cells: how much was changed (doubling bins of characters) and which tests fail. */
export function sizeAndFailures(result: Evaluated): string {
  const size = result.candidate.changes.reduce(
    (sum, change) => sum + change.text.length + change.end - change.start,
    0,
  );
  return `${Math.round(Math.log2(size + 1))}|${(result.verdict.failing ?? []).join(",")}`;
}
