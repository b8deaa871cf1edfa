import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests } from "./requests.ts";
import { isGoal } from "./steps.ts";

/** With what a candidate is compared lies this many verdicts back; short, for budgets of some hundreds. */
const HISTORY = 3;

/** Late acceptance hill climbing (Burke & Bykov 2017): what is no worse than the current candidate of some steps ago takes its place. */
export class LateAcceptance implements Search {
  readonly id = "late-acceptance";
  readonly #exhausted = new ExhaustedRequests();
  readonly #history: number[] = [];
  #current: { readonly id: CandidateId; readonly fitness: number } | null = null;
  #told = 0;

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    const base = view.base.candidate.id;
    this.#current ??= { id: base, fitness: view.base.fitness ?? -Infinity };
    // Mostly single edits, now and then a pair; whatever is not used up.
    const sizes = rng.uniform() < 0.15 ? [2, 1, 3] : [1, 2, 3];
    const open = (id: CandidateId): number | undefined => sizes.find((size) => !this.#exhausted.has(id, size));
    const parent = open(this.#current.id) === undefined ? base : this.#current.id;
    return { parent, edits: open(parent) ?? 1, temperature: 1 };
  }

  tell(result: Evaluated): void {
    const { candidate, fitness } = result;
    this.#exhausted.answered();
    const current = this.#current;
    if (current === null || fitness === null || isGoal(result)) return;
    const place = this.#told++ % HISTORY;
    const earlier = this.#history[place] ?? current.fitness;
    const next = fitness >= Math.min(current.fitness, earlier) ? { id: candidate.id, fitness } : current;
    this.#current = next;
    this.#history[place] = Math.max(earlier, next.fitness);
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over();
  }

  state(): Json {
    return { current: this.#current?.id ?? null, told: this.#told };
  }
}
