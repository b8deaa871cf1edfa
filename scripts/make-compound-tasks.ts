/**
 * `node scripts/make-compound-tasks.ts`: injects two or three faults at once into each repaired program of the code-repair world, and keeps what
 * makes a task for searches: every fault alone fails a visible case, each can be undone by an edit the syntax proposer makes, and no single edit
 * of the faulty program passes all visible cases. Writes packages/worlds/code-repair/compound.json. Nothing is chosen by how a search fares.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { applyEdits, Rng, Target, type FaultClass, type TextEdit } from "@pawl/core";
import { Languages, type SyntaxEdit } from "@pawl/propose";
import { FunctionCheck, openSandbox, snapshotOfTexts, type Sandbox } from "@pawl/verify";
import { COMPOUND_OPERATORS, loadRepairCorpus, type RepairTask } from "@pawl/worlds";

/** After so many draws a program is left out. */
const TRIALS_PER_PROGRAM = 25;
/** Of the tasks, how many have three faults. */
const THREE_EVERY = 4;
const AT_ONCE = 16;
/** A faulty program that takes longer does not end, or so it is treated: the repaired ones take a millisecond. */
const TIMEOUT_MS = 500;
const signal = new AbortController().signal;

interface Fault {
  readonly class: FaultClass;
  readonly operator: string;
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

interface Compound {
  /** Of the task whose repaired program it is. */
  readonly program: string;
  readonly faults: readonly Fault[];
  readonly graded: boolean;
}

type Texts = Readonly<Record<string, string>>;

class Program {
  readonly task: RepairTask;
  readonly #languages: Languages;
  readonly #check: FunctionCheck;
  readonly #known = new Map<string, number | null>();

  constructor(task: RepairTask, languages: Languages, check: FunctionCheck) {
    this.task = task;
    this.#languages = languages;
    this.#check = check;
  }

  /** Every single edit of the program by the operators of compound tasks. */
  edits(texts: Texts): { readonly path: string; readonly edit: SyntaxEdit }[] {
    return Object.entries(texts).flatMap(([path, text]) => {
      const language = this.#languages.of(path);
      const parsed = language?.parse(text, path) ?? null;
      if (language === null || parsed === null) return [];
      return [...language.edits(parsed, { ingredients: [] })]
        .filter((edit) => COMPOUND_OPERATORS.has(edit.operator))
        .map((edit) => ({ path, edit }));
    });
  }

  parses(texts: Texts): boolean {
    return Object.entries(texts).every(
      ([path, text]) => (this.#languages.of(path)?.parse(text, path) ?? null) !== null,
    );
  }

  /** Share of the visible cases that pass; null when it does not load or does not end. */
  async passed(texts: Texts): Promise<number | null> {
    const key = JSON.stringify(texts);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const target = new Target(this.task.fixed, "0");
    const changed = Object.fromEntries(Object.entries(texts).filter(([path, text]) => this.task.fixed[path] !== text));
    const verdict = await this.#check.screen({ candidate: target.base, files: changed }, signal);
    const usable = verdict.status === "passed" || verdict.status === "failed";
    const answer = usable ? (verdict.scores["passed"]?.[0] ?? null) : null;
    this.#known.set(key, answer);
    return answer;
  }
}

function applied(texts: Texts, path: string, edits: readonly TextEdit[]): Texts | null {
  const text = applyEdits(texts[path] as string, edits);
  return text === null ? null : { ...texts, [path]: text };
}

function withFaults(fixed: Texts, faults: readonly Fault[]): Texts | null {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, edits } of faults) byPath.set(path, [...(byPath.get(path) ?? []), ...edits]);
  let texts: Texts | null = fixed;
  for (const [path, edits] of byPath) {
    const sorted = edits.toSorted((a, b) => a.start - b.start);
    if (sorted.some((edit, i) => i > 0 && edit.start <= (sorted[i - 1] as TextEdit).end)) return null;
    texts = texts === null ? null : applied(texts, path, sorted);
  }
  return texts;
}

const bare = (texts: Texts): string => Object.values(texts).join("\n").replaceAll(/\s+/g, "");

/** The task, or null when these faults do not make one. */
async function makeTask(program: Program, faults: readonly Fault[]): Promise<Compound | null> {
  const { fixed } = program.task;
  const faulty = withFaults(fixed, faults);
  if (faulty === null || !program.parses(faulty)) return null;
  const before = await program.passed(faulty);
  if (before === null || before === 1) return null;
  const singles = program.edits(faulty).flatMap(({ path, edit }) => {
    const texts = applied(faulty, path, edit.replacements);
    return texts === null || !program.parses(texts) ? [] : [texts];
  });
  const reachable = new Set(singles.map(bare));
  let graded = false;
  for (const fault of faults) {
    const alone = withFaults(fixed, [fault]);
    const share = alone === null ? null : await program.passed(alone);
    if (share === null || share === 1) return null;
    const without = withFaults(
      fixed,
      faults.filter((other) => other !== fault),
    );
    if (without === null || !reachable.has(bare(without))) return null;
    if (((await program.passed(without)) ?? 0) > before) graded = true;
  }
  for (let i = 0; i < singles.length; i += AT_ONCE) {
    const shares = await Promise.all(singles.slice(i, i + AT_ONCE).map((texts) => program.passed(texts)));
    if (shares.includes(1)) return null;
  }
  return { program: program.task.id, faults, graded };
}

async function compoundOf(task: RepairTask, languages: Languages, sandbox: Sandbox): Promise<Compound | null> {
  const { snapshot, remove } = await snapshotOfTexts(task.fixed);
  const check = new FunctionCheck({
    sandbox,
    snapshot,
    judge: { module: task.module, cases: task.visible },
    timeoutMs: TIMEOUT_MS,
  });
  try {
    const program = new Program(task, languages, check);
    // It waits for something, and would not be told from one that does not end.
    if ((await program.passed(task.fixed)) !== 1) return null;
    const edits = program.edits(task.fixed);
    const classes = [...new Set(edits.map(({ edit }) => edit.faultClass))];
    const rng = Rng.of(1, "compound", task.id);
    for (let trial = 0; trial < TRIALS_PER_PROGRAM; trial++) {
      const count = rng.int(THREE_EVERY) === 0 ? 3 : 2;
      // First the class, then the site: else the operators with the most alternatives make all the faults.
      const faults = Array.from({ length: count }, (): Fault => {
        const kind = rng.pick(classes);
        const { path, edit } = rng.pick(edits.filter((each) => each.edit.faultClass === kind));
        return { class: kind, operator: edit.operator, path, edits: edit.replacements };
      });
      const made = await makeTask(program, faults);
      if (made !== null) return made;
    }
    return null;
  } finally {
    await check.close();
    await remove();
  }
}

const languages = await Languages.load();
const sandbox = await openSandbox();
const file = new URL("../packages/worlds/code-repair/compound.json", import.meta.url);
// What is there already is kept; delete the file to make all of them anew.
const all = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Compound[]) : [];
for (const task of loadRepairCorpus()) {
  if (all.some(({ program }) => program === task.id)) continue;
  const made = await compoundOf(task, languages, sandbox);
  if (made !== null) all.push(made);
  process.stdout.write(
    `${task.id}: ${made === null ? "none" : made.faults.map((fault) => fault.operator).join(" + ")}\n`,
  );
  const lines = all.map((each) => JSON.stringify(each)).join(",\n");
  writeFileSync(file, `[\n${lines}\n]\n`);
}
process.exit(0);
