import type { SpeedOptions } from "./options.ts";
import { runConfigOf, type RunConfig } from "./run-config.ts";

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
    ...runConfigOf(options, proposer, DEFAULT_BUDGET),
    target: options.target,
    cases: options.cases ?? null,
    test: options.test ?? null,
    minGain: options.minGain ?? DEFAULT_MIN_GAIN,
    ...(options.expert === undefined || options.expert === "none" ? {} : { expert: options.expert }),
  };
}

export function speedOptionsOf({ cases, test, ...rest }: SpeedConfig): SpeedOptions {
  return { ...rest, ...(cases === null ? {} : { cases }), ...(test === null ? {} : { test }) };
}
