import {
  type ArchiveView,
  type CandidateId,
  type EditWeights,
  type Evaluated,
  type Json,
  meanOf,
  type ProposalRequest,
  type Rng,
  type Search,
} from "@pawl/core";
import type { Point } from "./nsga2.ts";
import { ExhaustedRequests } from "./requests.ts";
import { NSGA2_RULE, type SelectionRule } from "./selection-rule.ts";

/** A score by its name; `sign` says whether higher (1) or lower (-1) is better. */
export interface SearchObjective {
  readonly name: string;
  readonly sign: 1 | -1;
}

/** A way to mutate: a direction and a role, as weights of edits. */
export interface MutationProfile {
  readonly id: string;
  readonly weights?: EditWeights;
  readonly temperature: number;
  readonly edits: number;
}

export interface ParetoSearchOptions {
  /** Default: the fitness, and minus the characters changed. */
  readonly objectives?: readonly SearchObjective[];
  readonly rule?: SelectionRule;
  /** How many the rule may keep. */
  readonly population?: number;
  /** Mutations of the base before the first selection. */
  readonly initial?: number;
  /** Verdicts between two selections. */
  readonly offspring?: number;
  /** Share of requests that cross two parents. */
  readonly crossover?: number;
  /** Share of the other requests that carry an elite's edits over to another block. */
  readonly thought?: number;
  /** How many elites such a request draws from. */
  readonly elites?: number;
  /** Drawn from for each mutation; default one that has no opinion. */
  readonly profiles?: readonly MutationProfile[];
}

interface Member {
  readonly id: CandidateId;
  readonly point: Point;
}

const PLAIN: readonly MutationProfile[] = [{ id: "plain", temperature: 1, edits: 1 }];
/** Parents are drawn at random. */
const MOST_IN_VAIN = 300;

/**
 * A genetic algorithm for several objectives: a population, parents by binary tournaments, crossover or mutation, and a selection after
 * every so many verdicts. By default NSGA-II (Deb et al. 2002), whose rule says who survives; other rules make other algorithms of it.
 * Offspring in flight at a selection belong to the next generation. Costs per call depend on the population alone.
 */
export class ParetoSearch implements Search {
  readonly id: string;
  readonly #o: Required<Omit<ParetoSearchOptions, "objectives">> & Pick<ParetoSearchOptions, "objectives">;
  readonly #exhausted = new ExhaustedRequests();
  #population: readonly Member[] = [];
  /** Of each member, by the rule. */
  #places: readonly number[] = [];
  #elites: readonly Member[] = [];
  #offspring: Member[] = [];
  #asked = 0;
  #toldInGeneration = 0;
  #generation = 0;

  constructor(options: ParetoSearchOptions = {}) {
    this.#o = {
      rule: NSGA2_RULE,
      population: 24,
      initial: 24,
      offspring: 12,
      crossover: 0.35,
      thought: 0,
      elites: 10,
      profiles: PLAIN,
      ...options,
    };
    this.id = this.#o.rule.id;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    if (this.#population.length === 0) {
      const point = this.#pointOf(view.base);
      this.#settle([{ id: view.base.candidate.id, point: point ?? [] }]);
    }
    const { initial, crossover, thought, profiles } = this.#o;
    const first = this.#asked++ < initial;
    const parent = first ? view.base.candidate.id : this.#tournament(rng);
    // Nothing to cross and nothing to learn from before the first selection.
    if (!first && this.#generation > 0) {
      if (rng.uniform() < crossover) {
        const other = this.#tournament(rng);
        if (other !== parent) return { parent, inspirations: [other], combine: "block", edits: 1, temperature: 1 };
      } else if (rng.uniform() < thought) {
        const elite = rng.pick(this.#elites).id;
        return { parent, inspirations: [elite], combine: "thought", edits: 1, temperature: 1 };
      }
    }
    const { weights, temperature, edits } = rng.pick(profiles);
    return {
      parent,
      edits: Math.max(edits, this.#exhausted.has(parent, 1) ? 2 : 1),
      temperature,
      ...(weights === undefined ? {} : { weights }),
    };
  }

  tell(result: Evaluated): void {
    this.#exhausted.answered();
    this.#toldInGeneration += 1;
    const point = this.#pointOf(result);
    if (point !== null) this.#offspring.push({ id: result.candidate.id, point });
    if (this.#toldInGeneration >= (this.#generation === 0 ? this.#o.initial : this.#o.offspring)) this.#renew();
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over(MOST_IN_VAIN);
  }

  state(): Json {
    return {
      asked: this.#asked,
      generation: this.#generation,
      population: this.#population.map(({ id, point }) => ({ id, point: [...point] })),
      offspring: this.#offspring.length,
    };
  }

  #renew(): void {
    const population = this.#population.filter(({ point }) => point.length > 0);
    const all = [...population, ...this.#offspring];
    this.#toldInGeneration = 0;
    this.#generation += 1;
    if (all.length > 0) {
      const points = (members: readonly Member[]): readonly Point[] => members.map(({ point }) => point);
      const kept = this.#o.rule.renew(points(population), points(this.#offspring), this.#o.population);
      this.#settle(kept.map((i) => all[i] as Member));
    }
    this.#offspring = [];
  }

  #settle(population: readonly Member[]): void {
    const points = population.map(({ point }) => point);
    this.#population = population;
    this.#places = this.#o.rule.places(points);
    this.#elites = this.#o.rule.elites(points, this.#o.elites).map((i) => population[i] as Member);
  }

  #tournament(rng: Rng): CandidateId {
    const [a, b] = [rng.int(this.#population.length), rng.int(this.#population.length)];
    const winner = (this.#places[a] as number) <= (this.#places[b] as number) ? a : b;
    return (this.#population[winner] as Member).id;
  }

  /** Null for what is no data, could not be run, or lacks one of the objectives: it does not take part. */
  #pointOf({ verdict, fitness, candidate }: Evaluated): Point | null {
    if (fitness === null || verdict.status === "error" || verdict.status === "timeout") return null;
    const { objectives } = this.#o;
    const point =
      objectives === undefined
        ? [fitness, -candidate.changes.reduce((sum, { start, end, text }) => sum + end - start + text.length, 0)]
        : objectives.map(({ name, sign }) => {
            const values = verdict.scores[name] ?? [];
            return values.length === 0 ? Number.NaN : sign * meanOf(values);
          });
    return point.every(Number.isFinite) ? point : null;
  }
}
