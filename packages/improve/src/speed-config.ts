import { modelsAsked } from "./models.ts";
import { copiedFiles, type SpeedOptions } from "./options.ts";
import { outsideTerms } from "./outside-proposers.ts";
import type { RunConfig } from "./run-frame.ts";

/** What a `speed` run is a function of, besides the project: recorded with its first event. */
export interface SpeedConfig extends RunConfig {
  readonly target: string;
  readonly cases: string | null;
  readonly test: string | null;
  /** Smallest share of the time that has to be saved, such as 0.05. */
  readonly minGain: number;
  /** Left out of the record when nobody reviews. */
  readonly expert?: "scripted" | "me";
}

const DEFAULT_BUDGET = { evaluations: 120, seconds: 300 };
const DEFAULT_MIN_GAIN = 0.05;

export function speedConfigOf(options: SpeedOptions): SpeedConfig {
  const proposer = options.proposer ?? "speed";
  return {
    root: options.root,
    target: options.target,
    cases: options.cases ?? null,
    test: options.test ?? null,
    minGain: options.minGain ?? DEFAULT_MIN_GAIN,
    ...(options.expert === undefined || options.expert === "none" ? {} : { expert: options.expert }),
    ...copiedFiles(options),
    budget: options.budget ?? outsideTerms(proposer)?.budget ?? DEFAULT_BUDGET,
    seed: options.seed ?? 1,
    search: options.search ?? "hill-climb",
    proposer,
    ...modelsAsked(options),
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  };
}

export function speedOptionsOf({ cases, test, ...rest }: SpeedConfig): SpeedOptions {
  return { ...rest, ...(cases === null ? {} : { cases }), ...(test === null ? {} : { test }) };
}
