import { UsageError, type Search } from "@pawl/core";
import { Annealing } from "./annealing.ts";
import { Beam } from "./beam.ts";
import { BestOfN } from "./best-of-n.ts";
import { Curiosity } from "./curiosity.ts";
import { EvolveBatch } from "./evolve-batch.ts";
import { HillClimb } from "./hill-climb.ts";
import { Iad } from "./iad.ts";
import { LateAcceptance } from "./late-acceptance.ts";
import { Linear } from "./linear.ts";
import { MapElites } from "./map-elites.ts";
import { Turns } from "./turns.ts";
import { ParetoSearch, type ParetoSearchOptions } from "./pareto-search.ts";
import { RandomSearch } from "./random.ts";
import { strategyTree, type StrategiesOptions } from "./strategies.ts";
import { Thompson } from "./thompson.ts";
import { treeSearch } from "./tree/presets.ts";
import { Ucb } from "./ucb.ts";

/** What a search may be told of the run, besides its id. */
export type SearchSettings = Pick<ParetoSearchOptions, "objectives" | "profiles" | "thought"> &
  Pick<StrategiesOptions, "hypotheses" | "critic">;

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
  turns: {
    title: "turn by turn, each from the program that failed last and came further",
    create: () => new Turns({ width: 1 }),
  },
  "map-elites": { title: "the best of each cell, on islands", create: () => new MapElites() },
  tree: { title: "a tree of candidates, the best of all that may be built on first", create: () => treeSearch() },
  strategies: {
    title: "several hypotheses first, then depth where one leads on",
    create: ({ hypotheses, critic }) =>
      strategyTree({
        ...(hypotheses === undefined ? {} : { hypotheses }),
        ...(critic === undefined ? {} : { critic }),
      }),
  },
  linear: { title: "each edit on the last candidate (control)", create: () => new Linear() },
  "linear-restart": {
    title: "six edits in a row, then from the base again (control)",
    create: () => new Linear({ steps: 6, restart: true }),
  },
  "best-of-n-pairs": {
    title: "independent samples of one or two edits from the base (control)",
    create: () => new BestOfN({ edits: [1, 2] }),
  },
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
