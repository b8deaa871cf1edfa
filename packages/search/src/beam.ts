import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests } from "./requests.ts";
import { behaviourOf, chooseStep, isGoal } from "./steps.ts";

export interface BeamOptions {
  /** Members of a level in the first pass; doubled by every pass, up to `widest`. */
  readonly width?: number;
  readonly widest?: number;
  /** Children of a level for each member that it may have. */
  readonly children?: number;
  /** Levels of a pass, the base's own among them. */
  readonly depth?: number;
  readonly temperature?: number;
}

interface Member {
  readonly id: CandidateId;
  readonly fitness: number;
  asked: number;
}

/**
 * Beam search (Lowerre 1976): the best few of a level are extended, and the best few of their children are the next level. At the bottom, or where
 * nothing new came, it begins again at the top with twice the width (iterative broadening, Ginsberg & Harvey 1992); the best children of
 * earlier passes still count (as in the beam-stack search of Zhou & Hansen 2005). Of candidates that do the same only the first counts.
 */
export class Beam implements Search {
  readonly id = "beam";
  readonly #o: Required<BeamOptions>;
  readonly #exhausted = new ExhaustedRequests();
  readonly #behaviours = new Set<string>();
  /** The best of each level so far, best first; the base alone in the first. */
  readonly #levels: Member[][] = [];
  #width: number;
  #depth = 0;
  #told = 0;
  #passes = 0;

  constructor(options: BeamOptions = {}) {
    this.#o = { width: 3, widest: 48, children: 12, depth: 4, temperature: 0, ...options };
    this.#width = this.#o.width;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    const base = view.base.candidate.id;
    if (this.#levels.length === 0) {
      this.#levels.push([{ id: base, fitness: view.base.fitness ?? 0, asked: 0 }]);
      this.#behaviours.add(behaviourOf(view.base));
    }
    if (this.#told >= this.#width * this.#o.children) this.#descend();
    const { depth, temperature } = this.#o;
    for (let level = 0; level < depth; level++) {
      // Members are few, and the one asked least comes first.
      const members = (this.#levels[this.#depth] ?? []).slice(0, this.#width);
      for (const member of members.toSorted((a, b) => a.asked - b.asked)) {
        const edits = chooseStep(this.#exhausted, member.id, rng);
        if (edits === null) continue;
        member.asked += 1;
        return { parent: member.id, edits, temperature };
      }
      this.#descend();
    }
    this.#exhausted.askInVain();
    return { parent: base, edits: 1, temperature };
  }

  tell(result: Evaluated): void {
    this.#told += 1;
    this.#exhausted.answered();
    const { fitness } = result;
    if (fitness === null || isGoal(result)) return;
    const depth = this.#levels.findIndex((level) => level.some(({ id }) => id === result.request.parent)) + 1;
    const behaviour = behaviourOf(result);
    if (depth === 0 || depth >= this.#o.depth || this.#behaviours.has(behaviour)) return;
    this.#behaviours.add(behaviour);
    const level = (this.#levels[depth] ??= []);
    const at = level.findIndex((other) => other.fitness < fitness);
    level.splice(at === -1 ? level.length : at, 0, { id: result.candidate.id, fitness, asked: 0 });
    level.length = Math.min(level.length, this.#o.widest);
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over();
  }

  state(): Json {
    return {
      passes: this.#passes,
      depth: this.#depth,
      level: (this.#levels[this.#depth] ?? [])
        .slice(0, this.#width)
        .map(({ id, fitness, asked }) => ({ id, fitness, asked })),
    };
  }

  #descend(): void {
    this.#told = 0;
    this.#depth += 1;
    if (this.#depth < this.#o.depth && (this.#levels[this.#depth] ?? []).length > 0) return;
    this.#depth = 0;
    this.#passes += 1;
    this.#width = Math.min(this.#o.widest, this.#width * 2);
  }
}
