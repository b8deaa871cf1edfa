/**
 * The corpus of the code-repair world: small pieces of code with known faults,
 * their fixes, and cases that tell the two apart.
 *
 * One folder per task, `code-repair/tasks/<id>/`, holds `buggy/`, `fixed/` and
 * `task.json`. This module reads and checks them; it runs none of the code.
 * `code-repair/run-cases.mjs` and `run-cases.py` run the cases of one or more
 * modules, and `failureOf` judges what they print.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MachineError } from "@pawl/core";
import { TASK_FORMAT, type RepairLanguage, type RepairSplit, type RepairTask } from "./task-format.ts";

export interface LoadOptions {
  readonly language?: RepairLanguage;
  readonly split?: RepairSplit;
  /** The folder with one folder per task; by default the one of this package. */
  readonly root?: string;
}

/** A file of the corpus does not follow the format. */
export class CorpusError extends MachineError {
  constructor(file: string, problem: string, remedy: string) {
    super({ what: problem, where: file, todo: `${remedy}.` });
  }
}

const PREFIXES: Readonly<Record<RepairLanguage, string>> = {
  javascript: "js-",
  typescript: "ts-",
  python: "py-",
};

const EXTENSIONS: Readonly<Record<RepairLanguage, string>> = {
  javascript: ".js",
  typescript: ".ts",
  python: ".py",
};

function defaultRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let dir = start; ; dir = dirname(dir)) {
    const root = join(dir, "code-repair", "tasks");
    if (existsSync(root)) return root;
    if (dirname(dir) === dir) {
      throw new CorpusError(
        join(start, "code-repair", "tasks"),
        "the corpus was not found",
        "Pass its folder as `root`",
      );
    }
  }
}

/**
 * Read the tasks, sorted by id.
 *
 * @throws CorpusError that names the file and what to do about it.
 */
export function loadRepairCorpus(options: LoadOptions = {}): RepairTask[] {
  const root = options.root ?? defaultRoot();
  let names: string[];
  try {
    names = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    throw new CorpusError(root, "the folder cannot be read", "Pass the folder with the tasks as `root`");
  }
  const { language, split } = options;
  return names
    .toSorted()
    .filter((name) => language === undefined || name.startsWith(PREFIXES[language]))
    .map((name) => loadRepairTask(join(root, name)))
    .filter((task) => split === undefined || task.split === split);
}

/** Read one task from its folder. */
export function loadRepairTask(dir: string): RepairTask {
  const file = join(dir, "task.json");
  const task = readFormat(file);
  const { id, language, module, faults } = task;
  if (!id.startsWith(PREFIXES[language])) {
    throw new CorpusError(file, `the id "${id}" is not one of ${language}`, `Begin it with "${PREFIXES[language]}"`);
  }
  if (basename(dir) !== id) {
    throw new CorpusError(file, `the id "${id}" is not the name of the folder`, "Give both the same name");
  }
  const buggy = readCode(join(dir, "buggy"));
  const fixed = readCode(join(dir, "fixed"));
  const names = Object.keys(buggy);
  if (names.join() !== Object.keys(fixed).join()) {
    throw new CorpusError(
      dir,
      "buggy/ and fixed/ do not hold the same files",
      "Keep one version of every file in each",
    );
  }
  for (const name of names) {
    if (!name.endsWith(EXTENSIONS[language])) {
      throw new CorpusError(join(dir, "buggy", name), `not a ${language} file`, `Name it *${EXTENSIONS[language]}`);
    }
  }
  for (const name of [module, ...faults.map((fault) => fault.file)]) {
    if (!names.includes(name))
      throw new CorpusError(file, `"${name}" is not in buggy/`, `Name one of ${names.join(", ")}`);
  }
  return { ...task, dir, buggy, fixed };
}

/**
 * The buggy code with some of the faults repaired, by their positions; with all
 * of them it is the fixed code.
 */
export function withRepairs(task: RepairTask, repaired: readonly number[]): Record<string, string> {
  const code: Record<string, string> = { ...task.buggy };
  for (const position of repaired) {
    const fault = task.faults[position];
    if (fault === undefined) throw new RangeError(`${task.id} has no fault ${position}`);
    const pieces = (code[fault.file] ?? "").split(fault.before);
    if (pieces.length !== 2) {
      throw new CorpusError(
        join(task.dir, "task.json"),
        `the "before" of faults[${position}] occurs ${pieces.length - 1} times in ${fault.file}`,
        "Choose a snippet that occurs once, apart from those of the other faults",
      );
    }
    code[fault.file] = pieces.join(fault.after);
  }
  return code;
}

function readFormat(file: string) {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new CorpusError(file, "the file cannot be read", "Every folder of the corpus needs a task.json");
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CorpusError(file, `not JSON (${(error as Error).message})`, "Correct the syntax");
  }
  const { data, error } = TASK_FORMAT.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error.issues as [(typeof error.issues)[number]];
  const place = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  throw new CorpusError(file, `${place.replace(/^\./, "") || "the task"}: ${issue.message}`, "Correct it");
}

function readCode(dir: string): Record<string, string> {
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => name !== "__pycache__");
  } catch {
    throw new CorpusError(dir, "the folder cannot be read", "A task needs buggy/ and fixed/ with its code");
  }
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(dir, name), "utf8")]));
}
