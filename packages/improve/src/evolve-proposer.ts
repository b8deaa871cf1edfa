import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { Rng, UsageError, type ConstrainedProblem, type Proposer, type Search } from "@pawl/core";
import {
  UNIFORM_MODEL,
  findNumbers,
  BlockProposer,
  Gaussian,
  Hopping,
  MUTATION_PROFILES,
  NumericProposer,
  OptimiserStrategy,
  SyntaxProposer,
  writable,
  type Languages,
  type NumericStrategy,
} from "@pawl/propose";
import { CmaEs, createSearch, HillClimb, LocalSearch } from "@pawl/search";

/** Who may propose changes in `pawl evolve`. */
export const EVOLVE_PROPOSERS = ["syntax", "cma-es", "local-search", "gaussian", "basin-hopping"] as const;

/** What is used when none is named: numbers alone are for CMA-ES, or for basin hopping when the problem is described. */
export function defaultProposer(files: readonly string[], problem: string | undefined): string {
  if (!files.every((file) => file.endsWith(".json"))) return "syntax";
  return problem === undefined ? "cma-es" : "basin-hopping";
}

export interface ProposerSettings {
  readonly seed: number;
  readonly root: string;
  readonly problem: string | null;
  /** Candidates in flight. */
  readonly window: number;
  /** Whether only marked blocks may change. */
  readonly blocks?: boolean;
}

/**
 * The proposer of an `evolve` run. Syntax edits look at all lines alike and start without experience (repairs teach nothing about scores);
 * the others change the numbers of one file.
 */
export async function proposerFor(
  id: string,
  sources: Readonly<Record<string, string>>,
  languages: Languages,
  options: ProposerSettings,
): Promise<Proposer> {
  if (id === "syntax") {
    const even = Object.fromEntries(
      Object.entries(sources).map(([path, text]) => [path, text.split("\n").map(() => 1)]),
    );
    const inner = new SyntaxProposer({ languages, model: UNIFORM_MODEL, sources, suspiciousness: even });
    return options.blocks === true ? new BlockProposer({ languages, sources, inner }) : inner;
  }
  if (options.blocks === true)
    throw new UsageError({
      what: `the proposer '${id}' changes numbers and knows no blocks`,
      where: "--blocks",
      todo: "Use `--proposer syntax`, or leave out --blocks: numbers have markers of their own.",
    });
  const [file, ...others] = Object.entries(sources);
  if (file === undefined || others.length > 0) {
    throw new UsageError({
      what: `the proposer '${id}' changes the numbers of one file`,
      where: "--proposer",
      todo: "Name one file, or use `--proposer syntax`.",
    });
  }
  const [path, base] = file;
  return new NumericProposer({ path, base, strategy: await strategyFor(id, path, base, options) });
}

export interface SearchAims {
  readonly blocks: boolean;
  /** The first of them counts by `sign`. */
  readonly objectives: readonly { readonly objective: string; readonly sign?: 1 | -1 }[];
  readonly sign: 1 | -1;
}

/** Share of mutations that carry an elite's edits over to another block (Morris et al. 2024, their released settings). */
const THOUGHT = 0.25;

/** Settings of a climb that always goes on from the best: for numbers, and for whoever thinks. */
export const BEST_ALONE = { width: 1, climbEarly: 1, climbLate: 1, jumpEarly: 0, jumpLate: 0 } as const;

/** Numbers, and what agents and people make, are climbed from the best alone; syntax edits as the search itself would. */
export function searchFor(id: string, proposer: string, aims?: SearchAims): Search {
  if (id !== "hill-climb")
    return createSearch(id, {
      ...(aims === undefined
        ? {}
        : { objectives: aims.objectives.map(({ objective, sign = aims.sign }) => ({ name: objective, sign })) }),
      ...(aims?.blocks === true ? { thought: THOUGHT, profiles: MUTATION_PROFILES } : {}),
    });
  return proposer === "syntax" ? new HillClimb({ climbEarly: 0.5, climbLate: 0.7 }) : new HillClimb(BEST_ALONE);
}

/** First step of the optimisers, in each number's own scale. */
const FIRST_STEP = 0.3;

async function strategyFor(
  id: string,
  path: string,
  base: string,
  { seed, root, problem, window }: ProposerSettings,
): Promise<NumericStrategy> {
  if (id === "gaussian") return new Gaussian();
  if (id === "cma-es" || id === "local-search") {
    const spans = findNumbers(path, base);
    const rng = Rng.of(seed, id);
    return new OptimiserStrategy({
      id,
      initial: spans.map((span) => span.value),
      written: (values) => writable(spans, values),
      optimiser: (initial) => {
        if (id === "local-search") return new LocalSearch({ initial, sigma: FIRST_STEP, rng });
        // Points in flight when a generation is complete are lost to it, so that a generation should not be smaller than that.
        return new CmaEs({ initial, sigma: FIRST_STEP, rng, leastPopulation: window });
      },
    });
  }
  if (id === "basin-hopping") return new Hopping(await loadProblem(root, problem), Rng.of(seed, "basin-hopping"));
  throw new UsageError({
    what: `there is no proposer '${id}'`,
    where: "--proposer",
    todo: `Choose one of: ${EVOLVE_PROPOSERS.join(", ")}.`,
  });
}

/** The user's own description of the problem (variables, bounds, constraints with gradients): the export `problem` of a module. */
async function loadProblem(root: string, problem: string | null): Promise<ConstrainedProblem> {
  if (problem === null) {
    throw new UsageError({
      what: "basin hopping needs a description of the problem",
      where: "--proposer basin-hopping",
      todo: "Name the module that exports `problem`: --problem problem.js",
    });
  }
  const where = resolve(root, problem);
  try {
    const loaded = ((await import(pathToFileURL(where).href)) as { problem?: ConstrainedProblem }).problem;
    if (loaded !== undefined) return loaded;
  } catch (cause) {
    throw new UsageError({
      what: `the problem cannot be loaded: ${(cause as Error).message}`,
      where,
      todo: "Repair the module.",
      cause,
    });
  }
  throw new UsageError({
    what: "the module has no export `problem`",
    where,
    todo: "Export a ConstrainedProblem under that name.",
  });
}
