import { resolve } from "node:path";
import { UsageError, type BudgetLimits, type Json, type Proposer, type RunSession, type Spent } from "@pawl/core";
import {
  editFormats,
  MixProposer,
  ModelProposer,
  openModel,
  profileOf,
  PromptTemplates,
  recordedModel,
  type BanditState,
  type Languages,
  type Model,
  type ModelGuidance,
  type ModelProfile,
  type ModelTask,
} from "@pawl/propose";
import type { ModelConfig } from "./models.ts";

export interface ModelEngagement {
  readonly session: RunSession;
  readonly config: ModelConfig & { readonly root: string; readonly budget: BudgetLimits };
  /** `fix`, `evolve`, `speed`: what a mix learns about is kept for each of them, and each language. */
  readonly command: string;
  /** The proposer that needs no model, for a mix. */
  readonly own: Proposer;
  readonly task: ModelTask;
  /** What models are told of the program they start from; default: which tests fail. */
  readonly guidance?: () => ModelGuidance;
  readonly sources: Readonly<Record<string, string>>;
  readonly languages: Languages;
  readonly note: (text: string) => void;
}

/** A proposer that asks models. Close it in any case; save what it learned when the run is over. */
export interface EngagedModels {
  readonly proposer: Proposer;
  save(): void;
  close(): Promise<void>;
}

/** Known from earlier runs of the project. */
type Known = {
  readonly formats: Readonly<Record<string, BanditState>>;
  readonly mix: BanditState;
};

const FORMATS = "edit-formats";
/** A mix compares costs as shares of the budget; where it has no limit, of these. */
const YARDSTICK = { evaluations: 200, tokens: 1e6, dollars: 2 };
const LEAST_COST = 1e-6;

/** Opens the models of a run, or their stand-ins when it is replayed. */
export async function engageModels(engagement: ModelEngagement): Promise<EngagedModels> {
  const { session, config, command, own, task, sources, languages, guidance } = engagement;
  const settings = Object.entries(config.models ?? {});
  const opened = new Map<string, Model>();
  const open = async (name: string): Promise<Model> => {
    const { id, ...options } = (config.models ?? {})[name] as { readonly id: string };
    const model = opened.get(name) ?? (await openModel(id, options));
    opened.set(name, model);
    return model;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...opened.values()].map((model) => model.close()));
  };
  try {
    const profiles = (await session.observe("models", async () => {
      const all: Record<string, Json> = {};
      for (const [name] of settings) all[name] = profileOf(await open(name)) as unknown as Json;
      return all;
    })) as unknown as Readonly<Record<string, ModelProfile>>;
    demandPrices(profiles, engagement);
    const family = `mix ${command} ${languageOf(sources)}`;
    const known = (await session.observe("models-known", async () => {
      const learned = (name: string): Json => session.store.learned(name) ?? {};
      return { formats: learned(FORMATS), mix: learned(family) };
    })) as unknown as Known;
    const templates = PromptTemplates.load(
      config.prompts === undefined ? undefined : resolve(config.root, config.prompts),
    );
    const arms: Record<string, ModelProposer> = {};
    for (const [name] of settings) {
      const profile = profiles[name] as ModelProfile;
      arms[name] = new ModelProposer({
        id: `model:${name}`,
        model: session.journal.readOnly ? recordedModel(profile) : await open(name),
        profile,
        formats: editFormats(languages),
        formatsKnown: known.formats[profile.id] ?? {},
        templates,
        languages,
        task,
        ...(guidance === undefined ? {} : { guidance: guidance() }),
        sources,
      });
    }
    const mix =
      config.proposer === "mix"
        ? new MixProposer({ arms: { [own.id]: own, ...arms }, known: known.mix, costOf: costIn(config.budget) })
        : null;
    const save = (): void => {
      if (session.journal.readOnly) return;
      const formats = Object.entries(arms).map(([name, arm]) => [profiles[name]?.id ?? name, arm.formatsKnown()]);
      session.store.setLearned(FORMATS, {
        ...(session.store.learned(FORMATS) as object | undefined),
        ...Object.fromEntries(formats),
      } as Json);
      if (mix !== null) session.store.setLearned(family, mix.known() as unknown as Json);
    };
    return { proposer: mix ?? (Object.values(arms)[0] as Proposer), save, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A limit in money that nobody can keep is no limit. */
function demandPrices(profiles: Readonly<Record<string, ModelProfile>>, { config, note }: ModelEngagement): void {
  const unpriced = Object.values(profiles).filter(({ priced }) => !priced);
  if (unpriced.length === 0) return;
  const ids = unpriced.map(({ id }) => id).join(", ");
  if (config.budget.dollars !== undefined)
    throw new UsageError({
      what: `a budget in money cannot be kept: the price of ${ids} is not known`,
      where: "--budget",
      todo: `Give the price in pawl.config.ts (models: { name: { id: "${unpriced[0]?.id}", prices: { "${unpriced[0]?.id}": { input: 1, output: 4 } } } }), or a budget in tokens: --budget 500000tok`,
    });
  note(`the price of ${ids} is not known: tokens are counted, money is not`);
}

function costIn(limits: BudgetLimits): (spent: Spent, evaluated: boolean) => number {
  const whole = { ...YARDSTICK, ...limits };
  return ({ tokens, dollars }, evaluated) =>
    Math.max(LEAST_COST, (evaluated ? 1 / whole.evaluations : 0) + tokens / whole.tokens + dollars / whole.dollars);
}

/** The ending most of the files have. */
function languageOf(sources: Readonly<Record<string, string>>): string {
  const counts = new Map<string, number>();
  for (const path of Object.keys(sources)) {
    const ending = path.slice(path.lastIndexOf(".") + 1);
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
}
