import { UsageError, type Search } from "@pawl/core";
import { BestOfN } from "./best-of-n.ts";
import { HillClimb } from "./hill-climb.ts";
import { MapElites } from "./map-elites.ts";
import { ParetoSearch, type ParetoSearchOptions } from "./pareto-search.ts";
import { RandomSearch } from "./random.ts";

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
