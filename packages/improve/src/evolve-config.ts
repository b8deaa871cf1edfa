import { defaultProposer } from "./evolve-proposer.ts";
import type { EvolveOptions } from "./options.ts";
import { runConfigOf, type RunConfig } from "./run-config.ts";

/** What an `evolve` run is a function of, besides the project: recorded with its first event. */
export interface EvolveConfig extends RunConfig {
  readonly files: readonly string[];
  readonly score: string;
  readonly heldOutScore: string | null;
  readonly scoreTimeout: number | null;
  readonly objective: string | null;
  readonly minimize: boolean;
  readonly minGain: number;
  readonly goal: number | null;
  readonly baselines: boolean;
  readonly problem: string | null;
  /** Left out of the record when the whole files may change. */
  readonly blocks?: true;
}

const DEFAULT_BUDGET = { evaluations: 300, seconds: 300 };

export function evolveConfigOf(options: EvolveOptions): EvolveConfig {
  const proposer = options.proposer ?? defaultProposer(options.files, options.problem);
  return {
    ...runConfigOf(options, proposer, DEFAULT_BUDGET),
    files: options.files,
    score: options.score,
    heldOutScore: options.heldOutScore ?? null,
    scoreTimeout: options.scoreTimeout ?? null,
    objective: options.objective ?? null,
    minimize: options.minimize ?? false,
    minGain: options.minGain ?? 0,
    goal: options.goal ?? null,
    baselines: options.baselines ?? true,
    problem: options.problem ?? null,
    ...(options.blocks === true ? { blocks: true as const } : {}),
  };
}

export function evolveOptionsOf(config: EvolveConfig): EvolveOptions {
  const { heldOutScore, scoreTimeout, objective, problem, goal, ...rest } = config;
  return {
    ...rest,
    ...(heldOutScore === null ? {} : { heldOutScore }),
    ...(scoreTimeout === null ? {} : { scoreTimeout }),
    ...(objective === null ? {} : { objective }),
    ...(problem === null ? {} : { problem }),
    ...(goal === null ? {} : { goal }),
  };
}
