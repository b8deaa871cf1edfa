// Study, not a test: for which faults of the corpus's training half is the reference fix among the single edits?
// Run: node packages/propose/src/syntax/javascript/coverage.study.ts [task id]
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { applyEdit, languageOf } from "./edits-fixture.ts";

interface Fault {
  readonly class: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

interface Task {
  readonly id: string;
  readonly split: string;
  readonly faults: readonly Fault[];
}

const tasks = new URL("../../../../worlds/code-repair/tasks/", import.meta.url);

const squeezed = (text: string): string => text.replace(/\s+/g, "");
/** Without braces, semicolons, parentheses and comments as well: the same program in another dress. */
const loose = (text: string): string => squeezed(text.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, "")).replace(/[{}();]/g, "");

function main(only: string | undefined): void {
  let total = 0;
  let exact = 0;
  let near = 0;
  const counts: number[] = [];
  const missed: string[] = [];
  for (const id of readdirSync(tasks).sort()) {
    if (!/^(js|ts)-/.test(id) || (only !== undefined && id !== only)) continue;
    const folder = new URL(`${id}/`, tasks);
    if (!existsSync(new URL("task.json", folder))) continue;
    const task = JSON.parse(readFileSync(new URL("task.json", folder), "utf8")) as Task;
    if (task.split !== "train") continue;
    for (const fault of task.faults) {
      // The other faults of a compound task are repaired already: this one is asked for alone.
      const fixed = readFileSync(new URL(`fixed/${fault.file}`, folder), "utf8");
      const at = fixed.indexOf(fault.after);
      const buggy =
        task.faults.length === 1
          ? readFileSync(new URL(`buggy/${fault.file}`, folder), "utf8")
          : fixed.slice(0, at) + fault.before + fixed.slice(at + fault.after.length);
      const language = languageOf(fault.file);
      const parsed = language.parse(buggy, fault.file);
      if (!parsed || squeezed(buggy) === squeezed(fixed)) continue;
      total += 1;
      const edits = [...language.edits(parsed, { ingredients: [] })];
      counts.push(edits.length);
      const wanted = squeezed(fixed);
      const found = edits.find((edit) => squeezed(applyEdit(buggy, edit)) === wanted);
      if (found) {
        exact += 1;
        if (only !== undefined) console.log(`found by ${found.operator} (${found.faultClass}, weight ${found.weight})`);
        continue;
      }
      const about = edits.find((edit) => loose(applyEdit(buggy, edit)) === loose(fixed));
      if (about) near += 1;
      missed.push(
        `${about ? `(as ${about.operator}) ` : ""}${id} ${fault.class}\n    - ${fault.before}\n    + ${fault.after}`,
      );
    }
  }
  counts.sort((a, b) => a - b);
  console.log(
    `reference fix among the single edits: ${exact} of ${total} exactly, ${near} more up to braces and parentheses`,
  );
  console.log(`edits per file: median ${counts[counts.length >> 1]}, least ${counts[0]}, most ${counts.at(-1)}`);
  for (const line of missed) console.log(`missed: ${line}`);
}

main(process.argv[2]);
