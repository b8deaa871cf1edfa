import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyEdits, Store, type Feedback } from "@pawl/core";
import { hintsOf, learnLesson, recallLessons, shippedModel, suspiciousCode, type Hint } from "@pawl/improve";
import { emptyCounts, Prior, type Languages, type SyntaxEdit } from "@pawl/propose";
import type { Sandbox } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import { singleFaultVariants, withVisibleCases } from "../single-faults.ts";
import { wrongLessons } from "./wrong-lessons.ts";

/** Place of the reference repair among all single edits of the faulty program, likeliest first; the search would try as many. */
export interface RankLine {
  readonly id: string;
  readonly edits: number;
  readonly recalled: number;
  readonly none: number;
  readonly lessons: number;
  readonly shuffled: number;
}

interface Choice {
  readonly edit: SyntaxEdit;
  readonly line: string;
  readonly score: number;
  readonly right: boolean;
}

const signal = new AbortController().signal;

/** One single fault of the `train` half after the other, each with a memory of those before it. Nothing is searched: costs seconds per task. */
export async function lessonRanks(
  sandbox: Sandbox,
  languages: Languages,
  quick: boolean,
): Promise<readonly RankLine[]> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-lessons-"));
  const store = Store.open(folder);
  const lines: RankLine[] = [];
  try {
    const tasks = loadRepairCorpus({ split: "train" }).flatMap((task) =>
      singleFaultVariants(task).map((variant, i) => ({ variant, id: `${task.id} ${i + 1}` })),
    );
    for (const { variant, id } of tasks.filter((_, i) => !quick || i % 4 === 0)) {
      const { failures, code, choices } = await read(variant, sandbox, languages);
      const right = choices.find((choice) => choice.right);
      if (right === undefined) continue; // no single edit is the reference repair
      const recalled = recallLessons(store, { failures, code });
      const line = {
        id,
        edits: choices.length,
        recalled: recalled.length,
        none: rankOf(choices, () => 0),
        lessons: rankOf(choices, hintsOf(recalled)),
        shuffled: rankOf(choices, hintsOf(wrongLessons(store, recalled, id))),
      };
      lines.push(line);
      process.stdout.write(
        `${id}: rank ${line.none} of ${line.edits}, with lessons ${line.lessons}, with wrong ones ${line.shuffled}\n`,
      );
      const { operator, nodeKind } = right.edit;
      const repair = [{ operator, nodeKind, outcome: "passed", times: 1 }];
      const symptom = failures.slice(0, 3).map(({ message }) => message);
      const lesson = { run: id, symptom, code: right.line, failed: [], repair, summary: operator, patch: "" };
      learnLesson(store, { failures, code }, lesson);
    }
    return lines;
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(
  task: RepairTask,
  sandbox: Sandbox,
  languages: Languages,
): Promise<{ readonly failures: readonly Feedback[]; readonly code: string; readonly choices: readonly Choice[] }> {
  return withVisibleCases(task, sandbox, languages, async (check, suspicion) => {
    const base = { id: "base", changes: [], parents: [], origin: { proposer: "base", summary: "" } };
    const { feedback } = await check.screen({ candidate: base, files: {} }, signal);
    const prior = new Prior(shippedModel(), emptyCounts());
    const choices = Object.entries(task.buggy).flatMap(([path, source]) => {
      const language = languages.of(path);
      const parsed = language?.parse(source, path) ?? null;
      if (language === null || parsed === null) return [];
      const wanted = squeezed(task.fixed[path] ?? "");
      const texts = source.split("\n");
      return [...language.edits(parsed, { ingredients: [] })].map((edit): Choice => ({
        edit,
        line: texts[edit.line - 1] ?? "",
        score: prior.logScore(edit, suspicion[path]?.[edit.line - 1] ?? 0),
        right: wanted !== squeezed(source) && squeezed(applyEdits(source, edit.replacements) ?? "") === wanted,
      }));
    });
    return { failures: feedback, code: suspiciousCode(task.buggy, suspicion), choices };
  });
}

/** The best place of a right edit; among equals the earlier one comes first, as in the proposer. */
function rankOf(choices: readonly Choice[], hint: Hint): number {
  const ranked = choices
    .map((choice, index) => ({ ...choice, index, total: choice.score + hint(choice.edit, choice.line) }))
    .sort((a, b) => b.total - a.total || a.index - b.index);
  return ranked.findIndex(({ right }) => right) + 1;
}

/** White space does not make another repair. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}
