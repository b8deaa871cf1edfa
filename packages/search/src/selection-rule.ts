import { crowdedOrder, nsga2Select, type Point } from "./nsga2.ts";
import { spea2Select } from "./spea2.ts";

/** Who makes up the next population, who is preferred as a parent, and who is shown as an example. Indices refer to the points given. */
export interface SelectionRule {
  readonly id: string;
  /** Indices into the population followed by its offspring. */
  renew(population: readonly Point[], offspring: readonly Point[], size: number): readonly number[];
  /** The place of each point: of two drawn ones that with the lower place becomes a parent, of equal places the one drawn first. */
  places(points: readonly Point[]): readonly number[];
  elites(points: readonly Point[], count: number): readonly number[];
}

function crowdedPlaces(points: readonly Point[]): readonly number[] {
  const places: number[] = [];
  crowdedOrder(points).forEach((index, place) => (places[index] = place));
  return places;
}

/** The best fronts of parents and offspring together, the most isolated of the last one (NSGA-II). */
export const NSGA2_RULE: SelectionRule = {
  id: "nsga2",
  renew: (population, offspring, size) => nsga2Select([...population, ...offspring], size),
  places: crowdedPlaces,
  elites: nsga2Select,
};

/**
 * As guided evolution does it (Morris et al. 2024): the next population is all offspring and those that SPEA2 keeps of the old
 * population; parents by the crowded comparison of NSGA-II.
 */
export const GUIDED_RULE: SelectionRule = {
  id: "guided",
  renew: (population, offspring, size) => [
    ...spea2Select(population, size),
    ...offspring.map((_, i) => population.length + i),
  ],
  places: crowdedPlaces,
  elites: spea2Select,
};
