import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";

/** The paper's temperatures, as sharpness of the distribution over edits. */
const TEMPERATURES = [0.2, 0.5, 1, 1.5] as const;
/** One, two or three edits of a method in one rewrite. */
const SIZES = [1, 1, 1, 2, 2, 3] as const;

/**
 * Rewrites of the base at changing temperatures, single calls without a loop; a rewrite that gets further than the base without reaching the
 * goal is refined, exactly once.
 */
export class Rewrites implements Search {
  readonly id = "rewrites";
  readonly #refine: boolean;
  readonly #waiting: CandidateId[] = [];
  readonly #exhausted = new Set<string>();
  #base: { readonly id: CandidateId; readonly fitness: number } | null = null;
  #asked = 0;

  constructor(refine: boolean) {
    this.#refine = refine;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#base ??= { id: view.base.candidate.id, fitness: view.base.fitness ?? -Infinity };
    const temperature = TEMPERATURES[this.#asked % TEMPERATURES.length] as number;
    const parent = this.#waiting.shift();
    // Weights that say nothing: they make the order be drawn anew at this request's temperature.
    const common = { temperature, weights: {} };
    if (parent !== undefined) return { parent, edits: 1, ...common };
    this.#asked += 1;
    const open = SIZES.filter((edits) => !this.#exhausted.has(`${this.#base?.id} ${edits}`));
    return { parent: this.#base.id, edits: open[Math.floor(rng.uniform() * open.length)] ?? 1, ...common };
  }

  tell({ candidate, request, fitness, verdict }: Evaluated): void {
    if (!this.#refine || this.#base === null || request.parent !== this.#base.id) return;
    if (fitness !== null && fitness > this.#base.fitness && verdict.status !== "passed")
      this.#waiting.push(candidate.id);
  }

  exhausted({ parent, edits }: ProposalRequest): void {
    this.#exhausted.add(`${parent} ${edits}`);
  }

  done(): boolean {
    const base = this.#base;
    return (
      base !== null && this.#waiting.length === 0 && SIZES.every((edits) => this.#exhausted.has(`${base.id} ${edits}`))
    );
  }

  state(): Json {
    return { asked: this.#asked, waiting: this.#waiting.length };
  }
}
