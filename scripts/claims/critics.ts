import { mkdirSync, writeFileSync } from "node:fs";
import { applyEdits, Rng, Target, type FaultClass, type Submission } from "@pawl/core";
import { evidenceOf, Languages, Prior, ValueCritic, type Suspiciousness } from "@pawl/propose";
import { openSandbox, type FunctionCheck, type Sandbox } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import { singleFaultVariants, withVisibleCases } from "../single-faults.ts";
import { faultCounts, kindsOf, priorModel, rankOf, type FaultExample } from "./fault-examples.ts";

/**
 * On 48 random faults of the `test` half of the code-repair corpus, each alone. The rule classifier names the kind of fault (31 kinds) from the faulty code and its failing visible
 * cases: right at least twice as often as the kind that is most common in the `train` half. The value critic starts with nothing, predicts for 20 random
 * single edits of each task whether all visible cases pass, and learns each verdict after its prediction: area under the ROC curve at least 0.65, and a
 * Brier score below that of the base rate so far. Set on 2026-11-26, before the first run.
 */
export const MARGINS = { overMajority: 2, auc: 0.65 } as const;

const RESULTS = new URL("../../docs/data/critics.json", import.meta.url);
const FULL = { tasks: 48, edits: 20 } as const;
const QUICK = { tasks: 5, edits: 8 } as const;

export interface FaultLine {
  readonly task: string;
  readonly kind: FaultClass;
  /** Place of the right kind: by the classifier, by the code alone (no evidence). */
  readonly rank: number;
  readonly rankByCode: number;
}

export interface ValueLine {
  readonly task: string;
  readonly predicted: number;
  /** Share of candidates that passed before this one. */
  readonly base: number;
  /** What the prior of the proposer alone says: a log-score, for its order. */
  readonly prior: number;
  readonly passed: boolean;
}

export interface CriticsData {
  readonly majority: FaultClass;
  readonly faults: readonly FaultLine[];
  readonly values: readonly ValueLine[];
}

export async function claimCritics(quick: boolean): Promise<void> {
  const languages = await Languages.load();
  const sandbox = await openSandbox({ unsafe: true });
  const variants = loadRepairCorpus({ split: "test" }).flatMap(singleFaultVariants);
  const size = quick ? QUICK : FULL;
  const tasks = Rng.of("critics").shuffle(variants).slice(0, size.tasks);
  const critic = new ValueCritic();
  const values: ValueLine[] = [];
  const examples: FaultExample[] = [];
  for (const task of tasks) {
    const example = await measure(task, { languages, sandbox, critic, values, edits: size.edits });
    if (example !== null) examples.push(example);
  }
  const counts = faultCounts();
  const majority = Object.entries(counts.faults).toSorted(([, a], [, b]) => b - a)[0]?.[0] as FaultClass;
  const faults = examples.map((each): FaultLine => {
    const rank = rankOf(kindsOf(each, languages, counts), each.kind);
    const rankByCode = rankOf(kindsOf({ ...each, evidence: [] }, languages, counts), each.kind);
    return { task: each.task, kind: each.kind, rank, rankByCode };
  });
  const data: CriticsData = { majority, faults, values };
  const { right, firstThree, byCode, common, count } = faultSummary(data);
  const value = valueSummary(data.values);
  process.stdout.write(
    `kinds of faults: ${right} of ${count} right, ${firstThree} among the first three; by the code alone ${byCode}; always '${majority}' ${common}; chance ${(count / 31).toFixed(1)}\n`,
  );
  process.stdout.write(
    `value critic, ${values.length} candidates, ${value.passed} pass: AUC ${value.auc.toFixed(3)} (prior alone ${value.priorAuc.toFixed(3)}), Brier ${value.brier.toFixed(4)} (base rate ${value.baseBrier.toFixed(4)}), calibration error ${value.calibration.toFixed(4)}\n`,
  );
  if (quick) return;
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(data)}\n`);
  if (!isReached(data)) process.exitCode = 1;
}

export function isReached(data: CriticsData): boolean {
  const { right, common } = faultSummary(data);
  const { auc, brier, baseBrier } = valueSummary(data.values);
  return right >= MARGINS.overMajority * common && right > 0 && auc >= MARGINS.auc && brier < baseBrier;
}

export function faultSummary({
  faults,
  majority,
}: CriticsData): Record<"right" | "firstThree" | "byCode" | "common" | "count", number> {
  const count = (of: (line: FaultLine) => boolean): number => faults.filter(of).length;
  return {
    right: count(({ rank }) => rank === 1),
    firstThree: count(({ rank }) => rank <= 3),
    byCode: count(({ rankByCode }) => rankByCode === 1),
    common: count(({ kind }) => kind === majority),
    count: faults.length,
  };
}

export function valueSummary(
  lines: readonly ValueLine[],
): Record<"passed" | "auc" | "priorAuc" | "brier" | "baseBrier" | "calibration", number> {
  const mean = (of: (line: ValueLine) => number): number =>
    lines.reduce((sum, line) => sum + of(line), 0) / Math.max(1, lines.length);
  // Expected calibration error over ten bins of equally many predictions.
  const sorted = lines.toSorted((a, b) => a.predicted - b.predicted);
  const size = Math.max(1, Math.ceil(sorted.length / 10));
  let calibration = 0;
  for (let from = 0; from < sorted.length; from += size) {
    const bin = sorted.slice(from, from + size);
    const gap = bin.reduce((sum, { predicted, passed }) => sum + predicted - Number(passed), 0);
    calibration += Math.abs(gap) / sorted.length;
  }
  return {
    passed: lines.filter(({ passed }) => passed).length,
    auc: areaUnderCurve(lines, ({ predicted }) => predicted),
    priorAuc: areaUnderCurve(lines, ({ prior }) => prior),
    brier: mean(({ predicted, passed }) => (predicted - Number(passed)) ** 2),
    baseBrier: mean(({ base, passed }) => (base - Number(passed)) ** 2),
    calibration,
  };
}

/** Share of pairs of a passing and a failing candidate in which the passing one scores higher; ties count half. */
function areaUnderCurve(lines: readonly ValueLine[], score: (line: ValueLine) => number): number {
  const good = lines.filter(({ passed }) => passed).map(score);
  const bad = lines.filter(({ passed }) => !passed).map(score);
  let won = 0;
  for (const a of good) for (const b of bad) won += a > b ? 1 : a === b ? 0.5 : 0;
  return won / Math.max(1, good.length * bad.length);
}

interface Setting {
  readonly languages: Languages;
  readonly sandbox: Sandbox;
  readonly critic: ValueCritic;
  readonly values: ValueLine[];
  readonly edits: number;
}

/** Lets the critic predict edits of a task; the fault with its evidence, or null when the visible cases do not show it. */
async function measure(task: RepairTask, setting: Setting): Promise<FaultExample | null> {
  const { languages, sandbox } = setting;
  const kind = task.faults[0]?.class as FaultClass;
  return withVisibleCases(task, sandbox, languages, async (check, suspiciousness) => {
    const target = new Target(task.buggy, "critics");
    const verdict = await check.screen({ candidate: target.base, files: {} }, signal);
    if (verdict.status === "passed") return null;
    await predictEdits(task, target, check, suspiciousness, setting);
    return { task: task.id, kind, sources: task.buggy, suspiciousness, evidence: evidenceOf(verdict) };
  });
}

const signal = new AbortController().signal;

async function predictEdits(
  task: RepairTask,
  target: Target,
  check: FunctionCheck,
  suspiciousness: Suspiciousness,
  { languages, critic, values, edits }: Setting,
): Promise<void> {
  const prior = new Prior(priorModel());
  const all = Object.entries(task.buggy).flatMap(([path, source]) => {
    const language = languages.of(path);
    const parsed = language?.parse(source, path) ?? null;
    return language === null || parsed === null
      ? []
      : [...language.edits(parsed, { ingredients: [] })].map((edit) => ({ path, source, edit }));
  });
  for (const { path, source, edit } of Rng.of("critics", task.id, task.faults[0]?.before ?? "")
    .shuffle(all)
    .slice(0, edits)) {
    const score = suspiciousness[path]?.[edit.line - 1] ?? 0;
    const note = {
      operator: edit.operator,
      faultClass: edit.faultClass,
      nodeKind: edit.nodeKind,
      path,
      line: edit.line,
      suspiciousness: score,
      weight: edit.weight,
    };
    const after = applyEdits(source, edit.replacements);
    if (after === null || languages.of(path)?.parse(after, path) === null) continue;
    const derived = target.derive(
      target.base,
      { [path]: edit.replacements },
      { proposer: "syntax", summary: edit.operator, edits: [note] },
    );
    if ("rejected" in derived) continue;
    const submission: Submission = derived;
    const predicted = critic.predict(submission);
    const before = values.filter(({ passed }) => passed).length;
    const verdict = await check.screen(submission, signal);
    if (verdict.status === "tampered" || verdict.status === "infrastructure") continue;
    const base = (before + 0.5) / (values.length + 1);
    values.push({
      task: task.id,
      predicted,
      base,
      prior: prior.logScore(edit, score),
      passed: verdict.status === "passed",
    });
    critic.learn(submission, verdict);
  }
}
