import { homedir } from "node:os";
import type { Json } from "@pawl/core";
import { LOG_CPU } from "@pawl/verify";
import type { EvolvePlan } from "../evolve-environment.ts";
import type { FixPlan } from "../fix-plan.ts";
import { parseObjectives } from "../objectives.ts";
import type { ProjectRecord, RecordedRun } from "../record.ts";
import type { SpeedPlan } from "../speed-environment.ts";

/** What a run was told to reach, in words for a prompt and in numbers for a label. */
export interface Goal {
  readonly kind: "tests" | "score";
  /** The task as a person would give it. */
  readonly words: string;
  /** What tells two tasks over the same files apart. */
  readonly identity: Json;
  /** Names of tests that were kept back: they may stand in no row. */
  readonly heldOut: readonly string[];
  /** Files, the ones to be shown first first. */
  readonly files: readonly string[];
  /** The run ended with a result that was measured again. */
  readonly reached: boolean;
  /** Gains over the start, one per repetition, higher is better. */
  gains(scores: Readonly<Record<string, readonly number[]>>): readonly number[];
  /** Reward of a candidate that does not work at all. */
  readonly worst: number;
  /** What somebody needs to judge an answer again. */
  readonly verify: {
    readonly command: string;
    readonly tests: readonly string[];
    readonly objective: string;
    readonly direction: string;
  };
}

const LONGEST_MESSAGE = 1500;

export function goalOf(run: RecordedRun, project: ProjectRecord): Goal | null {
  if (run.command === "fix") return testGoal(run, project as FixPlan);
  if (run.command === "evolve") return scoreGoal(run, project as EvolvePlan);
  if (run.command === "speed") return speedGoal(run, project as SpeedPlan);
  return null;
}

function testGoal(run: RecordedRun, plan: FixPlan): Goal {
  const { failing, heldOut } = plan.split;
  const outcomes = new Map(plan.baseline.report.tests.map((test) => [test.id, test]));
  const tests = failing.map((id) => {
    const message = scrub(outcomes.get(id)?.message ?? "", plan.root).trim();
    const indented = shortened(message).replaceAll(/^/gm, "  ");
    return message === "" ? `- ${id}` : `- ${id}\n${indented}`;
  });
  const line = plan.testLine ?? "";
  const highest = (path: string): number => Math.max(0, ...(plan.suspiciousness[path] ?? []));
  return {
    kind: "tests",
    words: [
      "Some tests of this project fail. Change the code so that they pass; all other tests must go on passing.",
      ...(line === "" ? [] : [`The tests are run with \`${line}\`.`]),
      "",
      "Failing tests:",
      ...tests,
    ].join("\n"),
    identity: [...plan.baseline.failing].sort(),
    heldOut,
    files: Object.keys(plan.sources).sort((a, b) => highest(b) - highest(a) || (a < b ? -1 : 1)),
    reached: run.result?.status === "fixed",
    gains: () => [],
    worst: 0,
    verify: { command: line, tests: failing, objective: "", direction: "" },
  };
}

function scoreGoal(run: RecordedRun, plan: EvolvePlan): Goal {
  const config = run.config as {
    readonly score?: string;
    readonly objective?: string | null;
    readonly minimize?: boolean;
  };
  const minimize = config.minimize ?? false;
  const sign = config.objective
    ? parseObjectives(config.objective, { minimize, minGain: 0 })[0].sign
    : minimize
      ? -1
      : 1;
  const base = mean(plan.baseScores);
  const direction = sign === 1 ? "higher" : "lower";
  const command = config.score ?? "";
  return {
    kind: "score",
    words: [
      `Change the code so that \`${command}\` gives a ${direction} \`${plan.objective}\`.`,
      `With the code as it is, \`${plan.objective}\` is ${Number(base.toPrecision(6))}.`,
    ].join("\n"),
    identity: [command, plan.objective, sign],
    heldOut: [],
    files: Object.keys(plan.sources).sort(),
    reached: run.result?.status === "improved",
    gains: (scores) => (scores[plan.objective] ?? []).map((score) => sign * (score - base)),
    worst: -Math.max(1, Math.abs(base)),
    verify: { command, tests: [], objective: plan.objective, direction },
  };
}

function speedGoal(run: RecordedRun, plan: SpeedPlan): Goal {
  const { target = "" } = run.config as { readonly target?: string };
  const base = mean(plan.baseScores[LOG_CPU] ?? [0]);
  return {
    kind: "score",
    words: [
      `Make the function \`${plan.call}\` of \`${plan.module}\` faster.`,
      "For every input it must return the same value, throw the same errors, and leave its arguments in the same state.",
    ].join("\n"),
    identity: target,
    heldOut: [],
    files: [
      plan.module,
      ...Object.keys(plan.sources)
        .filter((path) => path !== plan.module)
        .sort(),
    ],
    reached: run.result?.status === "faster",
    gains: (scores) => (scores[LOG_CPU] ?? []).map((score) => base - score),
    worst: -1,
    verify: { command: target, tests: [], objective: LOG_CPU, direction: "lower" },
  };
}

/** Without folders of this machine. */
export function scrub(text: string, root: string): string {
  return text
    .replaceAll(`file://${root}/`, "")
    .replaceAll(`${root}/`, "")
    .replaceAll(root, ".")
    .replaceAll(homedir(), "~");
}

export function shortened(text: string, most = LONGEST_MESSAGE): string {
  return text.length <= most ? text : `${text.slice(0, most)}\n…`;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
