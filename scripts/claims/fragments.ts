import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { languageFor, runCompleted, type FragmentLoopOptions } from "@pawl/improve";
import {
  instrumentLines,
  RandomPredictor,
  RulePredictor,
  type FragmentProgram,
  type ValuePredictor,
} from "@pawl/propose";
import { askPython, openSandbox, removeSnapshot, runFragment, takeSnapshot, type FragmentRun } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";

/**
 * Bodies of functions, cut out of complete modules (the `test` half of the code-repair corpus, as repaired) and run alone: parameters, imports and
 * helpers are gone. `executed`: share of their lines that are executed. `agreement`: share of the lines that are executed, or not, as in a
 * real call of the complete module (its first visible case); running a line that the real call leaves out counts against an arm.
 * Claim: the rules with retries execute at least 30 points more than the fragments as they are and 15 points more than random values, and agree at
 * least 10 points more than random values. Set on 2026-11-25, before the first run.
 */
export const MARGINS = { executedOverAsIs: 0.3, executedOverRandom: 0.15, agreementOverRandom: 0.1 } as const;
export const ARMS = ["as it is", "random values", "rules, first try", "rules with retries"] as const;

const RESULTS = new URL("../../docs/data/fragments.json", import.meta.url);
const RETRIES = 14;
const QUICK = 4;

export interface FragmentLine {
  readonly task: string;
  readonly language: "javascript" | "python";
  readonly lines: number;
  /** By arm: lines executed, and lines that agree with the real call. */
  readonly arms: Readonly<
    Record<string, { readonly executed: number; readonly agreeing: number; readonly runs: number }>
  >;
}

export async function claimFragments(quick: boolean): Promise<void> {
  const cuts = loadRepairCorpus({ split: "test" }).flatMap((task) => cutOut(task) ?? []);
  const chosen = quick ? cuts.filter((_, i) => i % Math.ceil(cuts.length / QUICK) === 0) : cuts;
  const results: FragmentLine[] = [];
  for (const cut of chosen) {
    const line = await measure(cut);
    if (line === null) continue;
    results.push(line);
    const shares = ARMS.map((arm) => `${arm} ${line.arms[arm]?.executed}`).join(", ");
    process.stdout.write(`${line.task}: of ${line.lines} lines: ${shares}\n`);
  }
  for (const arm of ARMS) {
    const { executed, agreement } = shareOf(results, arm);
    process.stdout.write(`${arm}: ${percent(executed)} executed, ${percent(agreement)} as in the real call\n`);
  }
  if (quick) return;
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  if (!isReached(results)) process.exitCode = 1;
}

/** Means over the fragments. */
export function shareOf(
  results: readonly FragmentLine[],
  arm: string,
): { readonly executed: number; readonly agreement: number } {
  const mean = (of: (line: FragmentLine) => number): number =>
    results.reduce((sum, line) => sum + of(line) / line.lines, 0) / Math.max(1, results.length);
  return {
    executed: mean(({ arms }) => arms[arm]?.executed ?? 0),
    agreement: mean(({ arms }) => arms[arm]?.agreeing ?? 0),
  };
}

export function isReached(results: readonly FragmentLine[]): boolean {
  const [asIs, random, , rules] = ARMS.map((arm) => shareOf(results, arm));
  if (asIs === undefined || random === undefined || rules === undefined) return false;
  return (
    rules.executed >= asIs.executed + MARGINS.executedOverAsIs &&
    rules.executed >= random.executed + MARGINS.executedOverRandom &&
    rules.agreement >= random.agreement + MARGINS.agreementOverRandom
  );
}

interface Cut {
  readonly task: RepairTask;
  /** 1-based lines of the body in the module, both included. */
  readonly from: number;
  readonly to: number;
}

/** The body of the function that the first visible case calls; null where its signature takes several lines, or the case is not plain JSON. */
function cutOut(task: RepairTask): Cut | null {
  const [first] = task.visible;
  if (first === undefined || JSON.stringify(first.args).includes('"$"')) return null;
  const lines = (task.fixed[task.module] ?? "").split("\n");
  const python = task.language === "python";
  const head = python
    ? new RegExp(`^(?:async )?def ${first.call}\\(.*:\\s*$`)
    : new RegExp(`^(?:export )?(?:async )?function ${first.call}\\b.*\\{\\s*$`);
  const start = lines.findIndex((line) => head.test(line));
  if (start === -1) return null;
  const after = lines.findIndex((line, i) => i > start && (python ? /^\S/.test(line) : line.startsWith("}")));
  const end = after === -1 ? lines.length : after;
  return end - start > 2 ? { task, from: start + 2, to: end } : null;
}

async function measure({ task, from, to }: Cut): Promise<FragmentLine | null> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-fragments-")));
  const whole = realpathSync(mkdtempSync(join(tmpdir(), "pawl-fragments-")));
  const extension = task.module.slice(task.module.lastIndexOf("."));
  const text = (task.fixed[task.module] ?? "")
    .split("\n")
    .slice(from - 1, to)
    .join("\n");
  writeFileSync(join(root, `fragment${extension}`), text);
  for (const [name, content] of Object.entries(task.fixed)) writeFileSync(join(whole, name), content);
  const sandbox = await sandboxOnce();
  const [snapshot, real] = [await takeSnapshot(root), await takeSnapshot(whole)];
  const box = { python: "python3" };
  try {
    const language = languageFor(`fragment${extension}`, (question) =>
      askPython(sandbox, snapshot, "fragment-shapes.py", question, box),
    );
    const run = (program: FragmentProgram): Promise<FragmentRun> =>
      runFragment(sandbox, snapshot, language.id, program, box);
    const fragment = { path: `fragment${extension}`, text, from: 1, to: to - from + 1 };
    const truth = await runFragment(sandbox, real, language.id, realCall(task), box);
    const done = new Set(truth.hits.map((line) => line - from + 1));
    const judge = async (predictor: ValuePredictor, retries: number) => {
      const options: FragmentLoopOptions = { fragment, language, predictor, retries, run };
      const { lines, executed, runs } = await runCompleted(options);
      const own = new Set(executed);
      return {
        lines,
        executed: executed.length,
        agreeing: lines.filter((line) => own.has(line) === done.has(line)).length,
        runs,
      };
    };
    const rules = await judge(new RulePredictor(), RETRIES);
    const arms = {
      "as it is": await asItIs(),
      "random values": await judge(new RandomPredictor(1), 0),
      "rules, first try": await judge(new RulePredictor(), 0),
      "rules with retries": rules,
    };
    async function asItIs() {
      const completion = await language.complete(fragment, {
        missingModules: new Set(),
        missingNames: new Set(),
        useDefinitions: false,
      });
      const program = completion.program(new Map());
      const { hits } = await run(program);
      const own = new Set(hits.map((line) => line - program.offset));
      const executed = program.lines.filter((line) => own.has(line)).length;
      return { executed, agreeing: program.lines.filter((line) => own.has(line) === done.has(line)).length, runs: 1 };
    }
    if (rules.lines.length === 0 || done.size === 0) return null;
    const plain = Object.entries(arms).map(
      ([arm, { executed, agreeing, runs }]) => [arm, { executed, agreeing, runs }] as const,
    );
    return { task: task.id, language: language.id, lines: rules.lines.length, arms: Object.fromEntries(plain) };
  } finally {
    for (const each of [snapshot, real]) await removeSnapshot(each);
    for (const folder of [root, whole]) rmSync(folder, { recursive: true, force: true });
  }
}

let opened: ReturnType<typeof openSandbox> | null = null;
function sandboxOnce(): ReturnType<typeof openSandbox> {
  opened ??= openSandbox();
  return opened;
}

/** The complete module with a call of its function by the first visible case. */
function realCall(task: RepairTask): { readonly path: string; readonly text: string } {
  const [first] = task.visible;
  const text = task.fixed[task.module] ?? "";
  const args = JSON.stringify(JSON.stringify(first?.args));
  if (task.language === "python") {
    const lines = [
      "import asyncio as _asyncio, json as _json",
      "try:",
      `    _result = ${first?.call}(*_json.loads(${args}))`,
    ];
    lines.push(
      "    _asyncio.run(_result) if _asyncio.iscoroutine(_result) else None",
      "except Exception:",
      "    pass",
      "",
    );
    return { path: "_whole.py", text: `${text}\n${lines.join("\n")}` };
  }
  const path = task.language === "typescript" ? "_whole.mts" : "_whole.mjs";
  const called = `${text}\ntry { await ${first?.call}(...JSON.parse(${args})); } catch {}\n`;
  return { path, text: instrumentLines(called, path)?.code ?? called };
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
