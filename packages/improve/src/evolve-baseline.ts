import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  type BudgetLimits,
  type Check,
  type Gate,
  type Target,
} from "@pawl/core";
import type { Languages } from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { scoreOf } from "@pawl/verify";
import type { EvolveConfig } from "./evolve-config.ts";
import { baseVerdict, type EvolvePlan } from "./evolve-environment.ts";
import { proposerFor, searchFor } from "./evolve-proposer.ts";
import { asksModels } from "./models.ts";
import { asksOutside } from "./outside-proposers.ts";
import type { Baseline } from "./results.ts";

export interface BaselineSetting {
  readonly target: Target;
  readonly check: Check;
  readonly gate: Gate;
  readonly plan: EvolvePlan;
  readonly config: EvolveConfig;
  readonly languages: Languages;
  /** What the run itself used. */
  readonly used: BudgetLimits & { readonly seconds: number };
  readonly signal: AbortSignal;
}

/** The dull control for a proposer. */
export function baselineFor(proposer: string): { readonly name: string; readonly proposer: string } {
  if (proposer === "syntax" || asksModels(proposer) || asksOutside(proposer))
    return { name: "random edits", proposer: "syntax" };
  if (proposer === "local-search") return { name: "random steps", proposer: "gaussian" };
  return { name: "plain local search", proposer: "local-search" };
}

/** The control under the same budget; its best is measured again, as everything selected by a score is. */
export async function baselineOf(setting: BaselineSetting): Promise<Baseline> {
  const { target, check, gate, plan, config, languages, used, signal } = setting;
  const { name, proposer } = baselineFor(config.proposer);
  // Basin hopping spends its time on local solves, between a few evaluations: time is what the control may have as much of.
  const limits = config.proposer === "basin-hopping" ? { seconds: used.seconds } : used;
  const started = performance.now();
  const loop = await runLoop({
    target,
    check,
    gate: { ...gate, promising: () => false },
    search: proposer === "syntax" ? createSearch("random") : searchFor("hill-climb", proposer),
    proposer: await proposerFor(proposer, plan.sources, languages, {
      ...config,
      blocks: config.blocks === true,
      window: plan.window,
    }),
    base: judgedBase(target, baseVerdict(plan), gate),
    journal: new Journal([], { append: () => {} }),
    budget: new Budget(limits),
    seed: config.seed,
    window: plan.window,
    elapsed: () => (performance.now() - started) / 1000,
    signal,
  });
  const { candidate } = loop.archive.best();
  const again = await check.confirm({ candidate, files: target.filesOf(candidate) }, signal);
  return { name, score: scoreOf(again, plan.objective) ?? (plan.baseScores[0] as number), evaluations: loop.screened };
}
