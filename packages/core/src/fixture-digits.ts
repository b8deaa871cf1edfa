import type { ArchiveView } from "./archive.ts";
import type { Check, ProposalRequest, Search } from "./contracts.ts";
import type { Json } from "./json.ts";
import type { Gate } from "./gate.ts";

/** For tests: always asks for a child of the best, until the proposer had nothing many times in a row. */
export class FromBest implements Search {
  readonly id = "from-best";
  #stuck = 0;
  ask(view: ArchiveView): ProposalRequest {
    return { parent: view.best().candidate.id, edits: 1, temperature: 0 };
  }
  tell(): void {
    this.#stuck = 0;
  }
  exhausted(): void {
    this.#stuck += 1;
  }
  done(): boolean {
    return this.#stuck > 20;
  }
  state(): Json {
    return this.#stuck;
  }
}

/** For tests: four digits whose sum is to reach 30; whatever is higher is kept. */
export function digitsGate(check: Check): Gate {
  return {
    fitness: (verdict) => verdict.scores["sum"]?.[0] ?? null,
    promising: (result, archive) => (result.fitness ?? 0) > (archive.incumbent().fitness ?? 0),
    confirm: async (submission, _archive, signal) => ({
      verdict: await check.confirm(submission, signal),
      kept: true,
      reason: "higher",
    }),
    satisfied: ({ archive }) => ((archive.incumbent().fitness ?? 0) >= 30 ? "reached" : null),
  };
}
