/**
 * Trains the shipped prior of the syntax proposer on the `train` half of the code-repair corpus: of all single edits of a faulty program,
 * the one that gives the reference repair counts as right, all others as wrong. Of a compound task each fault is taken alone, with the
 * others repaired. Writes packages/propose/data/prior.json. Never reads a task of the `test` half.
 */
import { writeFileSync } from "node:fs";
import { applyEdits } from "@pawl/core";
import { fitPriorModel, Languages, type ChoiceSet } from "@pawl/propose";
import { openSandbox } from "@pawl/verify";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import { singleFaultVariants, withVisibleCases } from "./single-faults.ts";

const languages = await Languages.load();
const sandbox = await openSandbox({ unsafe: true });
const sets: ChoiceSet[] = [];
let found = 0;
let faults = 0;

for (const task of loadRepairCorpus({ split: "train" })) {
  for (const [which, variant] of singleFaultVariants(task).entries()) {
    const set = await choicesOf(variant);
    const right = set.edits.some((edit) => edit.right);
    sets.push(set);
    faults += 1;
    if (right) found += 1;
    const name = task.faults.length > 1 ? `${task.id}, fault ${which + 1}` : task.id;
    process.stdout.write(
      `${name} (${variant.faults[0]?.class}): the repair is ${right ? "" : "not "}among ${set.edits.length} single edits\n`,
    );
  }
}
process.stdout.write(`The reference repair is among the single edits for ${found} of ${faults} faults.\n`);
writeFileSync(
  new URL("../packages/propose/data/prior.json", import.meta.url),
  `${JSON.stringify(fitPriorModel(sets), null, 1)}\n`,
);

async function choicesOf(task: RepairTask): Promise<ChoiceSet> {
  const suspicion = await withVisibleCases(task, sandbox, languages, async (_, scores) => scores);
  const edits: ChoiceSet["edits"][number][] = [];
  for (const [path, source] of Object.entries(task.buggy)) {
    const language = languages.of(path);
    const parsed = language?.parse(source, path) ?? null;
    if (language === null || parsed === null) throw new Error(`${task.id}: ${path} does not parse`);
    const wanted = squeeze(task.fixed[path] ?? "");
    for (const edit of language.edits(parsed, { ingredients: [] })) {
      const right = wanted !== squeeze(source) && squeeze(applyEdits(source, edit.replacements) ?? "") === wanted;
      edits.push({ traits: edit, suspiciousness: suspicion[path]?.[edit.line - 1] ?? 0, right });
    }
  }
  return { edits };
}

/** White space does not make another repair. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}
process.exit(0);
