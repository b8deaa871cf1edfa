import { existsSync, readdirSync, readFileSync } from "node:fs";
import { loadPython } from "./language.ts";
import { applyEdits } from "./testing.ts";

/**
 * How many reference fixes of the training half of the code-repair corpus are one single edit away, text for text up to whitespace.
 * Run: node packages/propose/src/syntax/python/coverage.study.ts
 * Tasks of the other split are skipped by their task.json before anything else of them is read.
 */
interface Task {
  readonly id: string;
  readonly language: string;
  readonly split: string;
  readonly faults: readonly {
    readonly class: string;
    readonly file: string;
    readonly before: string;
    readonly after: string;
  }[];
}

const tasks = new URL("../../../../worlds/code-repair/tasks/", import.meta.url);
const python = await loadPython();

/** Spaces inside of lines, blank lines and the kind of quotes do not count; indentation does. */
function normalised(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => /^\s*/.exec(line)?.[0] + line.replaceAll(/\s+/g, "").replaceAll("'", '"'))
    .join("\n");
}

let [found, all] = [0, 0];
const counts: number[] = [];
for (const id of readdirSync(tasks)
  .filter((name) => name.startsWith("py-"))
  .sort()) {
  const description = new URL(`${id}/task.json`, tasks);
  if (!existsSync(description)) continue;
  const task = JSON.parse(readFileSync(description, "utf8")) as Task;
  if (task.split !== "train") continue;
  for (const fault of task.faults) {
    const source = readFileSync(new URL(`${id}/buggy/${fault.file}`, tasks), "utf8");
    const parsed = python.parse(source, fault.file);
    if (parsed === null) throw new Error(`${id}: ${fault.file} does not parse`);
    const others = readdirSync(new URL(`${id}/buggy/`, tasks)).filter(
      (name) => name !== fault.file && name.endsWith(".py"),
    );
    const ingredients = others.flatMap((name) => {
      const other = python.parse(readFileSync(new URL(`${id}/buggy/${name}`, tasks), "utf8"), name);
      return other === null ? [] : python.ingredients(other);
    });
    const edits = [...python.edits(parsed, { ingredients })];
    const wanted = normalised(source.replace(fault.before, () => fault.after));
    const hits = edits.filter((edit) => normalised(applyEdits(source, edit.replacements)) === wanted);
    all++;
    if (hits.length > 0) found++;
    counts.push(edits.length);
    const hit = hits[0];
    console.log(
      `${hit === undefined ? "MISSED" : "found "} ${id} ${fault.class} (${source.split("\n").length} lines, ${edits.length} edits)${hit === undefined ? "" : ` ${hit.operator} ${hit.weight.toFixed(2)}`}`,
    );
    if (hit === undefined) console.log(`  - ${JSON.stringify(fault.before)}\n  + ${JSON.stringify(fault.after)}`);
  }
}
counts.sort((a, b) => a - b);
console.log(`${found} of ${all} single faults; median ${counts[counts.length >> 1]} edits for a file`);
