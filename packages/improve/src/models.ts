import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError, type BudgetLimits } from "@pawl/core";
import { parseModelId, type ModelOptions } from "@pawl/propose";
import { importOfferingPawl } from "./offer-pawl.ts";
import type { RunOptions } from "./options.ts";

/** A model as a configuration names it: its id, or its id and how it is used. Keys stay in the environment. */
export type ModelSetting = string | ({ readonly id: string } & ModelOptions);

/** Models by the user's own names. */
export type NamedModels = Readonly<Record<string, ModelSetting>>;

/** What of the models a run is a function of. */
export interface ModelConfig {
  readonly proposer: string;
  /** Those that are asked, by name; not recorded when no model is. */
  readonly models?: Readonly<Record<string, { readonly id: string } & ModelOptions>>;
  /** Folder with the user's own prompt templates, relative to the root. */
  readonly prompts?: string;
}

const PREFIX = "model:";
const MIX = "mix";

/** Answers cost: nobody is surprised by a bill for more than this. */
export const MODEL_BUDGET: BudgetLimits = { evaluations: 200, seconds: 900, tokens: 500_000 };

export function asksModels(proposer: string): boolean {
  return proposer === MIX || proposer.startsWith(PREFIX);
}

/**
 * Finds out which models a run asks: those of `pawl.config.ts`, or the one that `--proposer model:<id>` names. Where models are configured and
 * no proposer is named, `mix` is. `mixes`: whether that makes sense for this command. Throws a UsageError for a name or an id that is none.
 */
export async function withModels<T extends RunOptions>(options: T, mixes = true): Promise<T> {
  const { models: given, ...rest } = options;
  const named = given ?? (await configuredModels(options.root));
  const names = Object.keys(named);
  const proposer = options.proposer ?? (mixes && names.length > 0 ? MIX : undefined);
  if (proposer === undefined || !asksModels(proposer)) return rest as T;
  const wanted = proposer === MIX ? names : [proposer.slice(PREFIX.length)];
  if (wanted.length === 0)
    throw new UsageError({
      what: "there is no model to mix in",
      where: "--proposer mix",
      todo: 'Name one in pawl.config.ts: export default { models: { fast: "openai/<name>" } } — or use `--proposer model:<id>`.',
    });
  const models = Object.fromEntries(wanted.map((name) => [name, settingOf(name, named)]));
  return { ...rest, proposer, models, budget: options.budget ?? MODEL_BUDGET } as T;
}

function settingOf(name: string, named: NamedModels): { readonly id: string } & ModelOptions {
  const setting = named[name] ?? name;
  const model = typeof setting === "string" ? { id: setting } : setting;
  try {
    parseModelId(model.id);
  } catch (error) {
    const names = Object.keys(named);
    if (!(error instanceof UsageError) || names.length === 0) throw error;
    const { what, where, todo } = error;
    throw new UsageError({
      what,
      ...(where === undefined ? {} : { where }),
      todo: `${todo} Configured: ${names.join(", ")}.`,
    });
  }
  return model;
}

const NAMES = ["pawl.config.ts", "pawl.config.mts", "pawl.config.js", "pawl.config.mjs"];

/** The project's configuration file, or null. */
export function configFile(root: string): string | null {
  const name = NAMES.find((each) => existsSync(join(root, each)));
  return name === undefined ? null : join(root, name);
}

/** Whatever the configuration file exports as its default. */
export async function importConfig(where: string): Promise<unknown> {
  try {
    return ((await importOfferingPawl(pathToFileURL(where).href)) as { default?: unknown }).default;
  } catch (cause) {
    throw new UsageError({
      what: `the configuration cannot be loaded: ${(cause as Error).message}`,
      where,
      todo: "Repair the file.",
      cause,
    });
  }
}

async function configuredModels(root: string): Promise<NamedModels> {
  const where = configFile(root);
  if (where === null) return {};
  const config = (await importConfig(where)) as { readonly models?: unknown } | undefined;
  const models = config?.models ?? {};
  const fits = (setting: unknown): boolean =>
    typeof setting === "string" || typeof (setting as { id?: unknown } | null)?.id === "string";
  if (typeof models !== "object" || Array.isArray(models) || !Object.values(models as object).every(fits))
    throw new UsageError({
      what: "`models` is not a list of names with ids",
      where,
      todo: 'Write: models: { fast: "openai/<name>", local: { id: "./model.gguf", threads: 2 } }',
    });
  return models as NamedModels;
}

/** Of the options, those that say which models are asked, as they are recorded. */
export function modelsAsked({
  models,
  prompts,
}: Pick<RunOptions, "models" | "prompts">): Omit<ModelConfig, "proposer"> {
  return {
    ...(models === undefined ? {} : { models: models as NonNullable<ModelConfig["models"]> }),
    ...(prompts === undefined ? {} : { prompts }),
  };
}
