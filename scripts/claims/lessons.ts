import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { permutationTest, Rng, Store, Target, type BudgetLimits, type Feedback } from "@pawl/core";
import { hintsOf, learnFrom, listLessons, recallLessons, shippedModel, type RecalledLesson } from "@pawl/improve";
import { Languages } from "@pawl/propose";
import { HillClimb } from "@pawl/search";
import { openSandbox } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import { repairTask, type RepairSetting } from "./repair-task.ts";

/**
 * Claim: on the `train` half of the code-repair corpus, task after task, a memory of the earlier tasks' lessons needs fewer evaluations to the
 * first hidden-correct patch than no memory, and than the same memory with the wrong lessons recalled (the dull control). 200 evaluations for each
 * task and arm; a task without a right patch counts as 201. Lessons stay off by default unless both differences are significant (5 %, paired
 * permutation test on logarithms). Set on 2026-11-26, before the first run.
 */
const BUDGET: BudgetLimits = { evaluations: 200, seconds: 120 };
const NOT_FOUND = 201;
const RESULTS = new URL("../../docs/data/lessons.json", import.meta.url);

export interface LessonsLine {
  readonly id: string;
  readonly recalled: number;
  /** Evaluations to the first right patch. */
  readonly none: number;
  readonly lessons: number;
  readonly shuffled: number;
}

export async function claimLessons(quick: boolean): Promise<void> {
  const languages = await Languages.load();
  const sandbox = await openSandbox({ unsafe: true });
  const folder = mkdtempSync(join(tmpdir(), "pawl-lessons-"));
  const store = Store.open(folder);
  const lines: LessonsLine[] = [];
  try {
    const tasks = loadRepairCorpus({ split: "train" })
      .filter((task) => task.faults.length === 1)
      .filter((_, i) => !quick || i % 4 === 0);
    const setting: RepairSetting = {
      sandbox,
      languages,
      model: shippedModel(),
      search: () => new HillClimb(),
      seed: 1,
      budget: BUDGET,
    };
    for (const task of tasks) {
      const none = await evaluations(task, setting);
      let failures: readonly Feedback[] = [];
      let code = "";
      let recalled: readonly RecalledLesson[] = [];
      const learned = await repairTask(task, {
        ...setting,
        hint: (seen, suspicious) => {
          [failures, code] = [seen, suspicious];
          recalled = recallLessons(store, { failures, code });
          return hintsOf(recalled);
        },
      });
      const wrong = shuffled(store, recalled, task.id);
      const control = await evaluations(task, { ...setting, hint: () => hintsOf(wrong) });
      learnFrom(store, {
        run: task.id,
        situation: { failures, code },
        target: new Target(task.buggy, task.id),
        failed: [],
        repair: learned.chosen?.edits ?? [],
        best: learned.chosen?.candidate ?? null,
      });
      const line = {
        id: task.id,
        recalled: recalled.length,
        none,
        lessons: learned.firstHidden ?? NOT_FOUND,
        shuffled: control,
      };
      lines.push(line);
      process.stdout.write(`${task.id}: without ${none}, with ${line.lessons}, with wrong ones ${control}\n`);
    }
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!quick) save(lines);
  report(lines);
}

async function evaluations(task: RepairTask, setting: RepairSetting): Promise<number> {
  return (await repairTask(task, setting)).firstHidden ?? NOT_FOUND;
}

/** As many lessons, as near by their word, drawn from the whole memory. */
function shuffled(store: Store, recalled: readonly RecalledLesson[], id: string): readonly RecalledLesson[] {
  const all = Rng.of(1, "shuffled", id).shuffle([...listLessons(store)]);
  return recalled.map(({ similarity }, i) => ({ ...(all[i] as (typeof all)[number]), similarity }));
}

function report(lines: readonly LessonsLine[]): void {
  const found = (arm: "none" | "lessons" | "shuffled"): number => lines.filter((line) => line[arm] < NOT_FOUND).length;
  const mean = (arm: "none" | "lessons" | "shuffled"): number =>
    Math.exp(lines.reduce((sum, line) => sum + Math.log(line[arm]), 0) / lines.length);
  for (const arm of ["none", "lessons", "shuffled"] as const)
    process.stdout.write(
      `${arm}: right patch for ${found(arm)} of ${lines.length}, geometric mean ${mean(arm).toFixed(1)} evaluations\n`,
    );
  for (const arm of ["none", "shuffled"] as const) {
    const logs = (which: "lessons" | typeof arm): number[] => lines.map((line) => Math.log(line[which]));
    const rng = Rng.of(1, "lessons", arm);
    const { pValue, difference } = permutationTest(logs("lessons"), logs(arm), { rng, paired: true });
    const ratio = Math.exp(difference).toFixed(2);
    process.stdout.write(`lessons against ${arm}: ${ratio} times the evaluations, p = ${pValue.toFixed(3)}\n`);
  }
}

function save(lines: readonly LessonsLine[]): void {
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(lines, null, 1)}\n`);
}
