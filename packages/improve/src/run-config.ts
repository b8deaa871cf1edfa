import type { BudgetLimits } from "@pawl/core";
import { modelsAsked, type ModelConfig } from "./models.ts";
import { copiedFiles, type RunOptions } from "./options.ts";
import { outsideTerms, type AgentOptions } from "./outside-proposers.ts";

/** What a run of any command is a function of, besides the project and the command's own settings. */
export interface RunConfig extends ModelConfig {
  readonly root: string;
  /** Names of variables, not their values; not recorded when no agent was told anything. */
  readonly agent?: AgentOptions;
  /** Not recorded when the project was copied as git has it. */
  readonly exclude?: readonly string[];
  readonly include?: readonly string[];
  readonly budget: BudgetLimits;
  readonly seed: number;
  readonly search: string;
}

/** What all commands record alike; `usual`: the budget where none is given and nobody from outside proposes. */
export function runConfigOf(options: RunOptions, proposer: string, usual: BudgetLimits): RunConfig {
  return {
    root: options.root,
    ...copiedFiles(options),
    budget: options.budget ?? outsideTerms(proposer)?.budget ?? usual,
    seed: options.seed ?? 1,
    search: options.search ?? "hill-climb",
    proposer,
    ...modelsAsked(options),
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  };
}
