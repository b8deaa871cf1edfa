import { UsageError, type Search } from "@pawl/core";
import { Annealing } from "./annealing.ts";
import { Beam } from "./beam.ts";
import { BestOfN } from "./best-of-n.ts";
import { Curiosity } from "./curiosity.ts";
import { EvolveBatch } from "./evolve-batch.ts";
import { HillClimb } from "./hill-climb.ts";
import { Iad } from "./iad.ts";
import { LateAcceptance } from "./late-acceptance.ts";
import { MapElites } from "./map-elites.ts";
import { ParetoSearch, type ParetoSearchOptions } from "./pareto-search.ts";
import { RandomSearch } from "./random.ts";
import { Thompson } from "./thompson.ts";
import { Ucb } from "./ucb.ts";

/** What a search may be told of the run, besides its id. */
export type SearchSettings = Pick<ParetoSearchOptions, "objectives" | "profiles" | "thought">;

/** Every search by id: a new one is one file and one line here. */
const SEARCHES: Readonly<
  Record<string, { readonly title: string; readonly create: (settings: SearchSettings) => Search }>
> = {
  "hill-climb": {
    title: "climb from the best few, single edits first, then pairs and triples",
    create: () => new HillClimb(),
  },
  "best-of-n": {
    title: "independent samples from the base (control)",
    create: () => new BestOfN(),
  },
  random: {
    title: "random edits of random candidates (control)",
    create: () => new RandomSearch(),
  },
  "map-elites": { title: "the best of each cell, on islands", create: () => new MapElites() },
  beam: { title: "level by level, the best few of each", create: () => new Beam() },
  annealing: { title: "a worse candidate is accepted now and then, ever more seldom", create: () => new Annealing() },
  thompson: { title: "parents as arms, by Thompson sampling", create: () => new Thompson() },
  ucb: { title: "parents as arms, by upper confidence bounds", create: () => new Ucb() },
  curiosity: { title: "the best of each cell, from cells that lately led to new ones", create: () => new Curiosity() },
  iad: { title: "rounds of edits of the best so far, away from the worst of a round", create: () => new Iad() },
  "evolve-batch": { title: "rounds of edits of the best of the rounds before", create: () => new EvolveBatch() },
  "late-acceptance": { title: "no worse than some steps ago is good enough", create: () => new LateAcceptance() },
  nsga2: {
    title: "a population that no candidate beats in every objective, crossed and mutated",
    create: (settings) => new ParetoSearch(settings),
  },
};

export function searchIds(): readonly { readonly id: string; readonly title: string }[] {
  return Object.entries(SEARCHES).map(([id, { title }]) => ({ id, title }));
}

/** An unknown id is a usage error that names the known ones. */
export function createSearch(id: string, settings: SearchSettings = {}): Search {
  const entry = SEARCHES[id];
  if (entry === undefined)
    throw new UsageError({
      what: `there is no search '${id}'`,
      where: "--search",
      todo: `Choose one of: ${Object.keys(SEARCHES).join(", ")}.`,
    });
  return entry.create(settings);
}
