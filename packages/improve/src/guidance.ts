import {
  UsageError,
  type ArchiveEntry,
  type ArchiveView,
  type Critic,
  type CritiqueContext,
  type Json,
  type Proposer,
  type RunSession,
  type Target,
} from "@pawl/core";
import {
  BugCritic,
  BugOperators,
  classifyBug,
  criticGuide,
  CriticPanel,
  FaultClassifier,
  FaultCritic,
  FEEDBACK_LEVELS,
  GuidedProposer,
  testsGuide,
  ValueCritic,
  type BugOperatorCounts,
  type ExecutedLines,
  type FaultCounts,
  type FeedbackLevel,
  type Guide,
  type Languages,
  type ModelGuidance,
  type PriorModel,
} from "@pawl/propose";
import { shippedFaultCounts } from "./fault-hypotheses.ts";
import type { FixEnvironment } from "./fix-environment.ts";
import type { FixPlan } from "./fix-plan.ts";
import { asksModels } from "./models.ts";
import { outsideTerms } from "./outside-proposers.ts";

export const CRITICS = ["rules", "value", "taxonomy", "model"] as const;
export type CriticName = (typeof CRITICS)[number];

/** What of feedback and critics a run is a function of; not recorded where there is none. */
export interface GuidanceConfig {
  readonly feedback?: FeedbackLevel;
  readonly critics?: readonly CriticName[];
}

/** Failing tests with actual and expected results: nothing costs more, and nobody has measured anything better with a model yet. */
const DEFAULT_FEEDBACK: FeedbackLevel = "tests";
const OPERATORS = "bug-operators";

/** What critics know at the start of a run; recorded. */
interface CriticKnowledge {
  readonly faults: FaultCounts;
  readonly operators: BugOperatorCounts;
}

/** Of the options, those that say what proposers are told, as they are recorded. Throws a UsageError for what cannot be. */
export function guidanceAsked(
  { feedback, critics }: { readonly feedback?: string; readonly critics?: readonly string[] },
  proposer: string,
): GuidanceConfig {
  if (feedback === undefined && critics === undefined && !asksModels(proposer)) return {};
  if (outsideTerms(proposer) !== null)
    throw new UsageError({
      what: "agents and people find out for themselves what the tests say",
      where: feedback === undefined ? "--critics" : "--feedback",
      todo: "Leave it out, or use `--proposer syntax` or a model.",
    });
  const level = FEEDBACK_LEVELS.find((each) => each === feedback) ?? null;
  if (feedback !== undefined && level === null)
    throw new UsageError({
      what: `there is no feedback '${feedback}'`,
      where: "--feedback",
      todo: `Choose one of: ${FEEDBACK_LEVELS.join(", ")}.`,
    });
  if (level === "explanation" && !asksModels(proposer))
    throw new UsageError({
      what: "an explanation of the code is of use to a model only",
      where: "--feedback explanation",
      todo: "Choose simple, tests or trace, or name a model: --proposer model:<id>.",
    });
  const named = (critics ?? []).map((name) => criticOf(name, proposer));
  const told = level ?? (asksModels(proposer) ? DEFAULT_FEEDBACK : undefined);
  return {
    ...(told === undefined ? {} : { feedback: told }),
    ...(named.length === 0 ? {} : { critics: [...new Set(named)] }),
  };
}

function criticOf(name: string, proposer: string): CriticName {
  const known = CRITICS.find((each) => each === name);
  if (known === undefined)
    throw new UsageError({
      what: `there is no critic '${name}'`,
      where: "--critics",
      todo: `Choose some of: ${CRITICS.join(", ")}.`,
    });
  if (known === "model" && !asksModels(proposer))
    throw new UsageError({
      what: "the critic 'model' asks the model that makes the candidates, and none does",
      where: "--critics",
      todo: "Name a model: --proposer model:<id>; or choose rules, value or taxonomy.",
    });
  return known;
}

export interface GuidanceSetting {
  readonly session: RunSession;
  readonly config: GuidanceConfig & { readonly proposer: string };
  readonly plan: FixPlan;
  readonly target: Target;
  readonly languages: Languages;
  readonly model: PriorModel;
  /** Null in a replay that judges nothing. */
  readonly environment: FixEnvironment | null;
}

/** What is told to whom in a run. */
export interface Guidance {
  /** Pawl's own proposer, with the same evidence as weights of its edits. */
  guided(proposer: Proposer): Proposer;
  /** Anew for each model. */
  forModels(): ModelGuidance;
  /** Adds what the run has taught to what critics know. */
  save(archive: ArchiveView): void;
}

export async function engageGuidance(setting: GuidanceSetting): Promise<Guidance> {
  const { session, config, plan, target, languages, model } = setting;
  const { feedback, critics = [] } = config;
  const known =
    critics.length === 0
      ? null
      : ((await session.observe("critics", async () => {
          const operators = session.store.learned(OPERATORS) ?? new BugOperators().counts();
          return { faults: shippedFaultCounts(), operators } as unknown as Json;
        })) as unknown as CriticKnowledge);
  // Each proposer has critics of its own: what one of them learned must not depend on whom another was told of.
  const panel = (): Critic | null => {
    const all = known === null ? [] : critics.flatMap((name) => makeCritic(name, known, languages, model));
    return all.length === 0 ? null : new CriticPanel(all);
  };
  const context: CritiqueContext = {
    read: (path) => plan.sources[path] ?? "",
    suspiciousness: plan.suspiciousness,
    signal: new AbortController().signal,
  };
  const guides = (): readonly Guide[] => {
    const critic = panel();
    return [
      ...(feedback === undefined || feedback === "simple" ? [] : [testsGuide()]),
      ...(critic === null ? [] : [criticGuide(critic, ({ candidate }) => target.filesOf(candidate), context)]),
    ];
  };
  return {
    guided: (proposer) => {
      const all = guides();
      return all.length === 0 ? proposer : new GuidedProposer(proposer, all);
    },
    forModels: () => {
      const critic = panel();
      return {
        ...(feedback === undefined ? {} : { feedback }),
        ...(critic === null ? {} : { critic }),
        critiqueByModel: critics.includes("model"),
        executed: (parent, signal) => executedBy(parent, setting, signal),
      };
    },
    save: (archive) => {
      if (!critics.includes("taxonomy")) return;
      const before = session.store.learned(OPERATORS) as unknown as BugOperatorCounts | undefined;
      session.store.setLearned(OPERATORS, learnedFrom(archive, before) as unknown as Json);
    },
  };
}

function makeCritic(name: CriticName, known: CriticKnowledge, languages: Languages, model: PriorModel): Critic[] {
  switch (name) {
    case "rules":
      return [new FaultCritic(new FaultClassifier(languages, model, known.faults))];
    case "value":
      return [new ValueCritic()];
    case "taxonomy":
      return [new BugCritic(new BugOperators(known.operators))];
    case "model":
      return []; // asked by the model's own proposer
  }
}

/** By the label of its parent, which operators made a candidate pass. */
function learnedFrom(archive: ArchiveView, before: BugOperatorCounts | undefined): BugOperatorCounts {
  const operators = new BugOperators(before);
  for (let i = 1; i < archive.size; i += 1) {
    const { request, candidate, verdict } = archive.at(i);
    const parent = archive.get(request.parent);
    const bug = parent === undefined ? null : classifyBug(parent.verdict);
    if (bug === null) continue;
    for (const { operator } of candidate.origin.edits ?? [])
      operators.learn(bug.id, operator, verdict.status === "passed");
  }
  return operators.counts();
}

/** Runs the first failing test of a candidate alone, with the lines it executes recorded. */
async function executedBy(
  { candidate, verdict }: ArchiveEntry,
  { plan, target, environment }: GuidanceSetting,
  signal: AbortSignal,
): Promise<ExecutedLines | null> {
  const [test] = verdict.failing ?? [];
  if (environment === null || test === undefined) return null;
  const check = (await environment.check(plan)).forTests({ failing: [test], passing: [], heldOut: [], ignored: [] });
  const report = await check.trace(target.filesOf(candidate), Object.keys(plan.sources), signal);
  const lines = report.tests.find(({ id }) => id === test)?.hits;
  return lines === undefined ? null : { test, lines };
}
