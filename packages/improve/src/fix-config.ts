import { guidanceAsked, type GuidanceConfig } from "./guidance.ts";
import type { Matrix } from "./matrix-views.ts";
import { modelsAsked } from "./models.ts";
import { copiedFiles, type FixOptions } from "./options.ts";
import { runConfigOf, type RunConfig } from "./run-config.ts";

/** What a `fix` run is a function of, besides the project: recorded with its first event. */
export interface FixConfig extends RunConfig, GuidanceConfig {
  readonly paths: readonly string[];
  readonly test: string | null;
  readonly testTimeout: number | null;
  readonly heldOut: number | null;
  readonly editTests: boolean;
  /** Not recorded when earlier runs' lessons are not asked. */
  readonly lessons?: true;
  /** Text of the issue; not recorded when there is none. */
  readonly issue?: string;
  /** Null, or not recorded, when the tests run as the project is. */
  readonly matrix?: Matrix | null;
}

const DEFAULT_BUDGET = { evaluations: 2000, seconds: 300 };

export function fixConfigOf(options: FixOptions): FixConfig {
  const proposer = options.proposer ?? "syntax";
  return {
    ...runConfigOf(options, proposer, DEFAULT_BUDGET),
    paths: options.paths ?? [],
    test: options.test ?? null,
    testTimeout: options.testTimeout ?? null,
    heldOut: options.heldOut ?? null,
    editTests: options.editTests ?? false,
    matrix: options.matrix ?? null,
    ...(options.lessons === true ? { lessons: true } : {}),
    ...(options.issue === undefined ? {} : { issue: options.issue }),
    ...guidanceAsked(options, proposer),
  };
}

export function fixOptionsOf(config: FixConfig): FixOptions {
  return {
    root: config.root,
    paths: config.paths,
    editTests: config.editTests,
    budget: config.budget,
    seed: config.seed,
    search: config.search,
    proposer: config.proposer,
    ...(config.test === null ? {} : { test: config.test }),
    ...(config.testTimeout === null ? {} : { testTimeout: config.testTimeout }),
    ...(config.heldOut === null ? {} : { heldOut: config.heldOut }),
    ...(config.matrix ? { matrix: config.matrix } : {}),
    ...(config.lessons === true ? { lessons: true } : {}),
    ...(config.issue === undefined ? {} : { issue: config.issue }),
    ...modelsAsked(config),
    ...(config.feedback === undefined ? {} : { feedback: config.feedback }),
    ...(config.critics === undefined ? {} : { critics: config.critics }),
    ...(config.agent === undefined ? {} : { agent: config.agent }),
    ...copiedFiles(config),
  };
}
