import type { ArchiveView, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests } from "./requests.ts";
import { chooseStep, isGoal } from "./steps.ts";

export interface EvolveBatchOptions {
  /** Samples of a round. */
  readonly batch?: number;
  /** How many of them the next round is conditioned on, by score; `all` asks no scorer. */
  readonly top?: number | "all";
  /** The samples of earlier rounds compete with the new ones; otherwise only the last round counts, as published. */
  readonly elitist?: boolean;
  /** Share of the requests that put two of the chosen together. */
  readonly merge?: number;
  readonly temperature?: number;
}

/**
 * Evolutionary test-time scaling (Satori-SWE, Zeng et al. 2025): a round of samples, the next round conditioned on the best of them, and so on. A
 * sample is an edit of one of those chosen, or two of them put together; whoever reads is told of all of them and their scores.
 */
export class EvolveBatch implements Search {
  readonly id = "evolve-batch";
  readonly #o: Required<EvolveBatchOptions>;
  readonly #exhausted = new ExhaustedRequests();
  readonly #merged = new Set<string>();
  #chosen: readonly Evaluated[] = [];
  #round: Evaluated[] = [];
  #told = 0;
  #rounds = 0;
  #asked = 0;

  constructor(options: EvolveBatchOptions = {}) {
    this.#o = { batch: 5, top: 3, elitist: true, merge: 0.25, temperature: 1, ...options };
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#chosen.length === 0) this.#chosen = [view.base];
    const { merge, temperature } = this.#o;
    const place = this.#asked++ % this.#chosen.length;
    const hint = this.#rounds === 0 ? {} : { hint: this.#hint() };
    if (this.#chosen.length > 1 && rng.uniform() < merge) {
      const other = (place + 1 + rng.int(this.#chosen.length - 1)) % this.#chosen.length;
      const [parent, mate] = [this.#chosen[place] as Evaluated, this.#chosen[other] as Evaluated];
      const key = [parent.candidate.id, mate.candidate.id].toSorted().join("|");
      if (!this.#merged.has(key) && this.#mayMerge(view, parent, mate)) {
        this.#merged.add(key);
        return { parent: parent.candidate.id, inspirations: [mate.candidate.id], edits: 1, temperature, ...hint };
      }
    }
    // From the one whose turn it is on: one of the chosen, or the base, has something left.
    const turns = [...this.#chosen.slice(place), ...this.#chosen.slice(0, place), view.base];
    for (const { candidate } of turns) {
      const edits = chooseStep(this.#exhausted, candidate.id, rng);
      if (edits !== null) return { parent: candidate.id, edits, temperature, ...hint };
    }
    this.#exhausted.askInVain();
    return { parent: view.base.candidate.id, edits: 1, temperature };
  }

  tell(result: Evaluated): void {
    this.#exhausted.answered();
    this.#told += 1;
    if (result.fitness !== null && !isGoal(result)) this.#round.push(result);
    if (this.#told % this.#o.batch === 0) this.#endRound();
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over();
  }

  state(): Json {
    return {
      rounds: this.#rounds,
      chosen: this.#chosen.map(({ candidate, fitness }) => ({ id: candidate.id, fitness })),
    };
  }

  /** Two of which neither is the base, nor made of the other. */
  #mayMerge(view: ArchiveView, one: Evaluated, other: Evaluated): boolean {
    const base = view.base.candidate.id;
    const [a, b] = [one.candidate, other.candidate];
    return a.id !== base && b.id !== base && !a.parents.includes(b.id) && !b.parents.includes(a.id);
  }

  #endRound(): void {
    this.#rounds += 1;
    const { top, elitist } = this.#o;
    const known = elitist ? [...this.#chosen, ...this.#round] : this.#round;
    this.#round = [];
    if (known.length === 0) return;
    // Sorting keeps the order of equals: the earlier one stays.
    const ranked = known.toSorted((a, b) => (b.fitness ?? -Infinity) - (a.fitness ?? -Infinity));
    this.#chosen = top === "all" ? known.slice(-2 * this.#o.batch) : ranked.slice(0, top);
  }

  #hint(): string {
    const lines = this.#chosen.map(
      ({ candidate, fitness }) => `${candidate.origin.summary} (${fitness ?? "no score"})`,
    );
    return `Earlier attempts, with their scores: ${lines.join("; ")}. Do better than all of them.`;
  }
}
