import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { PairQueue } from "./pairs.ts";
import { ExhaustedRequests, STEP_SIZES } from "./requests.ts";
import { behaviourOf, isGoal } from "./steps.ts";

export interface HillClimbOptions {
  /** How many of the best candidates are climbed from side by side. */
  readonly width?: number;
  /** Share of requests that go to improved candidates rather than to the base, before and after `settle` requests of the base. */
  readonly climbEarly?: number;
  readonly climbLate?: number;
  /** Share of the base's requests that jump with two or three edits at once, before and after `settle` single edits of the base. */
  readonly jumpEarly?: number;
  readonly jumpLate?: number;
  readonly settle?: number;
  /** Share of requests that put two improved candidates together, while there are any to put together. */
  readonly merge?: number;
  /** What is left of the shares for climbing and for putting together once a single edit of the base reached the goal. */
  readonly afterGoal?: number;
  /** With how many of the best each improved candidate is put together. */
  readonly mergeWidth?: number;
  readonly temperature?: number;
}

interface Climber {
  readonly id: CandidateId;
  readonly fitness: number;
  asked: number;
}

/**
 * Climbs from the best candidates found so far, a few side by side, puts improvements together, and keeps trying the base: single edits
 * first, and more and more pairs and triples, for faults that no single edit makes better. Of candidates that do the same only the
 * first is climbed from.
 */
export class HillClimb implements Search {
  readonly id = "hill-climb";
  readonly #o: Required<HillClimbOptions>;
  readonly #exhausted = new ExhaustedRequests();
  readonly #pairs: PairQueue;
  readonly #behaviours = new Set<string>();
  #climbers: Climber[] = [];
  #baseId: CandidateId | null = null;
  #baseFitness = -Infinity;
  #baseAsked = 0;
  #goalBySingle = false;

  constructor(options: HillClimbOptions = {}) {
    this.#o = {
      width: 6,
      climbEarly: 0.25,
      climbLate: 0.5,
      jumpEarly: 0.04,
      jumpLate: 0.2,
      settle: 400,
      merge: 0.25,
      mergeWidth: 12,
      afterGoal: 0.3,
      temperature: 0,
      ...options,
    };
    this.#pairs = new PairQueue(this.#o.mergeWidth);
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#baseId === null) {
      this.#baseId = view.base.candidate.id;
      this.#baseFitness = view.base.fitness ?? -Infinity;
    }
    const { temperature } = this.#o;
    const open = this.#climbers.filter((climber) => !this.#exhausted.has(climber.id, 1));
    const baseOpen = this.#openSteps(this.#baseId);
    // One edit was enough for the goal, so the right patch is probably another single edit.
    const share = this.#goalBySingle ? this.#o.afterGoal : 1;
    const stuck = baseOpen.length === 0 && open.length === 0;
    if (this.#pairs.size > 0 && (stuck || rng.uniform() < share * this.#o.merge)) {
      const [parent, other] = this.#pairs.take() as readonly [CandidateId, CandidateId];
      return { parent, inspirations: [other], edits: 1, temperature };
    }
    const climb = share * (this.#baseAsked > this.#o.settle ? this.#o.climbLate : this.#o.climbEarly);
    if (open.length > 0 && (baseOpen.length === 0 || rng.uniform() < climb)) {
      // The better and the less tried come first: fitness rank plus visits, as in a round-robin over the best.
      const climber = open.reduce(
        (chosen, each, rank) =>
          each.asked + rank * 10 < chosen.cost ? { each, cost: each.asked + rank * 10 } : chosen,
        { each: open[0] as Climber, cost: Infinity },
      ).each;
      climber.asked += 1;
      return { parent: climber.id, edits: 1, temperature };
    }
    this.#baseAsked += 1;
    return { parent: this.#baseId, edits: this.#baseStep(baseOpen, rng), temperature };
  }

  tell(result: Evaluated): void {
    if (result.fitness === null || result.fitness <= this.#baseFitness) return;
    if (isGoal(result)) {
      const { parent, edits, inspirations } = result.request;
      if (parent === this.#baseId && edits === 1 && inspirations === undefined) this.#goalBySingle = true;
      return;
    }
    const behaviour = behaviourOf(result);
    if (this.#behaviours.has(behaviour)) return;
    this.#behaviours.add(behaviour);
    this.#pairs.add({ id: result.candidate.id, gain: result.fitness - this.#baseFitness });
    const at = this.#climbers.findIndex((climber) => climber.fitness < (result.fitness as number));
    const climber = { id: result.candidate.id, fitness: result.fitness, asked: 0 };
    if (at === -1) this.#climbers.push(climber);
    else this.#climbers.splice(at, 0, climber);
    this.#climbers = this.#climbers.slice(0, this.#o.width);
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return (
      this.#baseId !== null &&
      this.#pairs.size === 0 &&
      this.#openSteps(this.#baseId).length === 0 &&
      this.#climbers.every((climber) => this.#exhausted.has(climber.id, 1))
    );
  }

  state(): Json {
    return {
      baseAsked: this.#baseAsked,
      goalBySingle: this.#goalBySingle,
      climbers: this.#climbers.map(({ id, fitness, asked }) => ({ id, fitness, asked })),
      pairs: this.#pairs.size,
    };
  }

  #openSteps(parent: CandidateId): number[] {
    return STEP_SIZES.filter((edits) => !this.#exhausted.has(parent, edits));
  }

  #baseStep(open: readonly number[], rng: Rng): number {
    const jump = this.#baseAsked > this.#o.settle ? this.#o.jumpLate : this.#o.jumpEarly;
    const jumps = open.filter((edits) => edits > 1);
    if (open.includes(1) && (jumps.length === 0 || rng.uniform() >= jump)) return 1;
    if (jumps.length === 0) return open[0] ?? 1;
    return jumps.includes(2) && (jumps.length === 1 || rng.uniform() < 0.85) ? 2 : (jumps.at(-1) as number);
  }
}
