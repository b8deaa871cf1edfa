/**
 * The corpus of the code-repair world: small pieces of code with known faults,
 * their fixes, and cases that tell the two apart.
 *
 * One folder per task, `code-repair/tasks/<id>/`, holds `buggy/`, `fixed/` and
 * `task.json`. This module reads and checks them; it runs none of the code.
 * `code-repair/run-cases.mjs` and `run-cases.py` run the cases of one or more
 * modules, and {@link failureOf} judges what they print.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MachineError } from "@pawl/core";

export const FAULT_CLASSES = [
  "arithmetic-operator",
  "comparison-operator",
  "logical-operator",
  "boundary",
  "constant",
  "condition-negated",
  "condition-missing",
  "condition-extra",
  "wrong-variable",
  "wrong-property",
  "wrong-argument",
  "argument-order",
  "missing-return",
  "extra-return",
  "missing-await",
  "missing-break-continue",
  "missing-guard",
  "recursion-base",
  "initial-value",
  "swapped-branches",
  "missing-statement",
  "extra-statement",
  "statement-order",
  "wrong-method",
  "missing-copy",
  "loop-direction",
  "loop-kind",
  "string-array-boundary",
  "exception-handling",
  "type-conversion",
  "missing-call",
] as const;

export type FaultClass = (typeof FAULT_CLASSES)[number];

export const LANGUAGES = ["javascript", "typescript", "python"] as const;
export type RepairLanguage = (typeof LANGUAGES)[number];

export const SPLITS = ["train", "test"] as const;
export type RepairSplit = (typeof SPLITS)[number];

/**
 * A value as it stands in `task.json`: JSON, with tags for what JSON cannot
 * write, such as `{"$": "NaN"}` or `{"$": "Map", "v": [[key, value]]}`.
 */
export type TaggedValue =
  | null
  | boolean
  | number
  | string
  | readonly TaggedValue[]
  | { readonly [name: string]: TaggedValue };

/** One call of an exported function with what it has to give. */
export interface FunctionCase {
  readonly name?: string;
  /** The exported function. Async functions are awaited. */
  readonly call: string;
  readonly args: readonly TaggedValue[];
  /** The value it returns. A case has either this or `throws`. */
  readonly returns?: TaggedValue;
  /** The name of the error it throws, such as "RangeError". */
  readonly throws?: string;
  /** The arguments after the call, to see whether they were changed. */
  readonly argsAfter?: readonly TaggedValue[];
  /** How far numbers in the result may be off; 0 when left out. */
  readonly tolerance?: number;
}

/** One fault: a snippet of the buggy code and what it is in the fixed code. */
export interface RepairFault {
  readonly class: FaultClass;
  /** The file it is in, relative to `buggy/`. */
  readonly file: string;
  /** Occurs exactly once in the buggy file. */
  readonly before: string;
  readonly after: string;
  /** What is wrong, or the rule that is broken, in a phrase. */
  readonly note: string;
}

export interface RepairTask {
  readonly id: string;
  readonly title: string;
  readonly language: RepairLanguage;
  readonly split: RepairSplit;
  /** The file whose functions the cases call. */
  readonly module: string;
  /** One fault, or two or three in a compound task. */
  readonly faults: readonly RepairFault[];
  /** The cases a repair may look at. */
  readonly visible: readonly FunctionCase[];
  /** The cases a repair is judged by, not shown to it. */
  readonly hidden: readonly FunctionCase[];
  /** The folder of the task. */
  readonly dir: string;
  /** The code with the faults, by file name. */
  readonly buggy: Readonly<Record<string, string>>;
  /** The reference repair, by file name. */
  readonly fixed: Readonly<Record<string, string>>;
}

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

const BARE_TAGS = ["undefined", "NaN", "Infinity", "-Infinity", "-0"];
const LIST_TAGS = ["Map", "Set", "tuple", "set", "dict"];
const TEXT_TAGS = ["bigint", "Date"];

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
    throw new CorpusError(
      file,
      `not JSON (${error instanceof Error ? error.message : String(error)})`,
      "Correct the syntax",
    );
  }
  const fields = record(file, "the task", json, [
    "id",
    "title",
    "language",
    "split",
    "module",
    "faults",
    "visible",
    "hidden",
  ]);
  const id = textOf(file, "id", fields["id"]);
  const language = oneOf(file, "language", fields["language"], LANGUAGES);
  if (!/^[a-z]+(-[a-z0-9]+)+$/.test(id) || !id.startsWith(PREFIXES[language])) {
    throw new CorpusError(
      file,
      `the id "${id}" is not valid`,
      `Use lower case words joined by "-", after "${PREFIXES[language]}"`,
    );
  }
  if (!dir.endsWith(id)) {
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
  const module = textOf(file, "module", fields["module"]);
  if (!names.includes(module)) {
    throw new CorpusError(file, `the module "${module}" is not in buggy/`, `Name one of ${names.join(", ")}`);
  }
  const faults = list(file, "faults", fields["faults"]).map((fault, i) =>
    readFault(file, `faults[${i}]`, fault, names),
  );
  if (faults.length < 1 || faults.length > 3) {
    throw new CorpusError(file, `${faults.length} faults`, "Give one, two or three");
  }
  return {
    id,
    title: textOf(file, "title", fields["title"]),
    language,
    split: oneOf(file, "split", fields["split"], SPLITS),
    module,
    faults,
    visible: readCases(file, "visible", fields["visible"]),
    hidden: readCases(file, "hidden", fields["hidden"]),
    dir,
    buggy,
    fixed,
  };
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

/** What the runners print for a case: a result, an error, or that the process came to its end. */
export interface CaseOutcome {
  readonly returns?: TaggedValue;
  /** The name of the error. */
  readonly throws?: string;
  readonly message?: string;
  readonly argsAfter?: readonly TaggedValue[];
  /** Set by the parent when the code had to be stopped or ended the process. */
  readonly ended?: "timeout" | "exit";
}

/** Why an outcome is not what a case asks for, or null when it is. */
export function failureOf(expected: FunctionCase, outcome: CaseOutcome): string | null {
  if (outcome.ended !== undefined)
    return outcome.ended === "timeout" ? "was stopped after its time" : "ended the process";
  const tolerance = expected.tolerance ?? 0;
  if (expected.throws !== undefined) {
    if (outcome.throws === undefined)
      return `returned ${JSON.stringify(outcome.returns)} instead of throwing ${expected.throws}`;
    if (outcome.throws !== expected.throws)
      return `threw ${outcome.throws} (${outcome.message ?? ""}) instead of ${expected.throws}`;
  } else {
    if (outcome.throws !== undefined) return `threw ${outcome.throws} (${outcome.message ?? ""})`;
    if (!sameValue(outcome.returns ?? null, expected.returns ?? null, tolerance)) {
      return `returned ${JSON.stringify(outcome.returns)} instead of ${JSON.stringify(expected.returns)}`;
    }
  }
  if (expected.argsAfter !== undefined && !sameValue(outcome.argsAfter ?? [], expected.argsAfter, tolerance)) {
    return `left the arguments as ${JSON.stringify(outcome.argsAfter)} instead of ${JSON.stringify(expected.argsAfter)}`;
  }
  return null;
}

/**
 * Deep equality of tagged values. The order of lists and tuples counts; that of
 * object properties, maps, dictionaries and sets does not.
 */
export function sameValue(a: TaggedValue, b: TaggedValue, tolerance = 0): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b || Math.abs(a - b) <= tolerance;
  if (isValueList(a) || isValueList(b)) {
    return isValueList(a) && isValueList(b) && sameLists(a, b, tolerance);
  }
  if (!isValueRecord(a) || !isValueRecord(b)) return a === b;
  const tag = a["$"];
  if (tag !== b["$"]) return false;
  if (tag === "Map" || tag === "dict" || tag === "Set" || tag === "set") {
    const [one, other] = [a["v"], b["v"]];
    return isValueList(one) && isValueList(other) && sameBags(one, other, tolerance);
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [a[name], b[name]];
    return Object.hasOwn(b, name) && one !== undefined && other !== undefined && sameValue(one, other, tolerance);
  });
}

function sameLists(a: readonly TaggedValue[], b: readonly TaggedValue[], tolerance: number): boolean {
  return a.length === b.length && a.every((item, i) => sameValue(item, b[i] ?? null, tolerance));
}

function sameBags(a: readonly TaggedValue[], b: readonly TaggedValue[], tolerance: number): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  return a.every((item) => {
    const at = rest.findIndex((other) => sameValue(item, other, tolerance));
    if (at === -1) return false;
    rest.splice(at, 1);
    return true;
  });
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

function readFault(file: string, place: string, value: unknown, names: readonly string[]): RepairFault {
  const fields = record(file, place, value, ["class", "file", "before", "after", "note"]);
  const name = textOf(file, `${place}.file`, fields["file"]);
  if (!names.includes(name)) {
    throw new CorpusError(file, `${place}.file "${name}" is not in buggy/`, `Name one of ${names.join(", ")}`);
  }
  const before = textOf(file, `${place}.before`, fields["before"]);
  const after = fields["after"];
  if (typeof after !== "string" || after === before) {
    throw new CorpusError(file, `${place}.after is not another text than "before"`, "Copy the snippet from fixed/");
  }
  return {
    class: oneOf(file, `${place}.class`, fields["class"], FAULT_CLASSES),
    file: name,
    before,
    after,
    note: textOf(file, `${place}.note`, fields["note"]),
  };
}

function readCases(file: string, group: string, value: unknown): FunctionCase[] {
  return list(file, group, value).map((item, i) => readCase(file, `${group}[${i}]`, item));
}

function readCase(file: string, place: string, value: unknown): FunctionCase {
  const optional = ["name", "returns", "throws", "argsAfter", "tolerance"];
  const fields = record(file, place, value, ["call", "args"], optional);
  if ("returns" in fields === "throws" in fields) {
    throw new CorpusError(file, `${place} needs either "returns" or "throws"`, "Give exactly one of them");
  }
  const { name, returns, throws, argsAfter, tolerance } = fields;
  if (tolerance !== undefined && !(typeof tolerance === "number" && tolerance >= 0)) {
    throw new CorpusError(file, `${place}.tolerance is not a number from 0 on`, "Correct it or leave it out");
  }
  return {
    ...(name === undefined ? {} : { name: textOf(file, `${place}.name`, name) }),
    call: textOf(file, `${place}.call`, fields["call"]),
    args: list(file, `${place}.args`, fields["args"]).map((arg, i) => tagged(file, `${place}.args[${i}]`, arg)),
    ...(returns === undefined ? {} : { returns: tagged(file, `${place}.returns`, returns) }),
    ...(throws === undefined ? {} : { throws: textOf(file, `${place}.throws`, throws) }),
    ...(argsAfter === undefined
      ? {}
      : {
          argsAfter: list(file, `${place}.argsAfter`, argsAfter).map((arg, i) =>
            tagged(file, `${place}.argsAfter[${i}]`, arg),
          ),
        }),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

/** Check the tags of a value and give it back with its type. */
function tagged(file: string, place: string, value: unknown): TaggedValue {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (isList(value)) return value.map((item, i) => tagged(file, `${place}[${i}]`, item));
  if (!isRecord(value)) throw new CorpusError(file, `${place} is not a JSON value`, "Write it as JSON with tags");
  if (!("$" in value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, tagged(file, `${place}.${name}`, item)]),
    );
  }
  const { $: tag, v } = value;
  const bare = typeof tag === "string" && BARE_TAGS.includes(tag) && !("v" in value);
  const text = typeof tag === "string" && TEXT_TAGS.includes(tag) && typeof v === "string";
  if (bare) return { $: tag };
  if (text) return { $: tag, v };
  if (typeof tag !== "string" || !LIST_TAGS.includes(tag) || !isList(v)) {
    throw new CorpusError(
      file,
      `${place} has a tag that is not known or not complete`,
      `Known tags: ${[...BARE_TAGS, ...TEXT_TAGS, ...LIST_TAGS].join(", ")}`,
    );
  }
  const items = v.map((item, i) => tagged(file, `${place}.v[${i}]`, item));
  if ((tag === "Map" || tag === "dict") && !items.every((item) => isList(item) && item.length === 2)) {
    throw new CorpusError(file, `${place} is a ${tag} without pairs`, "Give its entries as [key, value]");
  }
  return { $: tag, v: items };
}

function record(
  file: string,
  place: string,
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Record<string, unknown> {
  if (!isRecord(value)) throw new CorpusError(file, `${place} is not an object`, "Write it as a JSON object");
  for (const name of required) {
    if (!Object.hasOwn(value, name)) throw new CorpusError(file, `${place} has no "${name}"`, "Add it");
  }
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new CorpusError(file, `${place} has an unknown "${name}"`, "Remove it or correct the name");
    }
  }
  return value;
}

function textOf(file: string, place: string, value: unknown): string {
  if (typeof value !== "string" || value === "")
    throw new CorpusError(file, `${place} is not a text`, "Give a text that is not empty");
  return value;
}

function list(file: string, place: string, value: unknown): readonly unknown[] {
  if (!isList(value)) throw new CorpusError(file, `${place} is not a list`, "Write it as a JSON list");
  return value;
}

function oneOf<T extends string>(file: string, place: string, value: unknown, known: readonly T[]): T {
  const found = known.find((name) => name === value);
  if (found === undefined)
    throw new CorpusError(file, `${place} is ${JSON.stringify(value)}`, `Use one of ${known.join(", ")}`);
  return found;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isValueList(value: TaggedValue | undefined): value is readonly TaggedValue[] {
  return Array.isArray(value);
}

function isValueRecord(value: TaggedValue): value is { readonly [name: string]: TaggedValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
