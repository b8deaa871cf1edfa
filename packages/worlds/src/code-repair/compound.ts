import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, type FaultClass, type TextEdit } from "@pawl/core";
import { CorpusError, loadRepairCorpus } from "./corpus.ts";
import type { RepairTask } from "./task-format.ts";

/**
 * A repaired program of the corpus with two or three faults injected at once, none of which a single edit hides: what searches are compared on.
 * Made by `scripts/make-compound-tasks.ts`.
 */
export interface CompoundTask extends Pick<
  RepairTask,
  "id" | "language" | "split" | "module" | "buggy" | "fixed" | "visible" | "hidden"
> {
  /** Id of the task of the corpus whose repaired program it is. */
  readonly program: string;
  readonly faults: readonly CompoundFault[];
  /** `COMPOUND_OPERATORS`, so that a task can be handed to the lab's bench of repairs as it is. */
  readonly operators: ReadonlySet<string>;
  /** Undoing one of the faults makes more visible cases pass; where it does not, nothing shows the way. */
  readonly graded: boolean;
}

export interface CompoundFault {
  readonly class: FaultClass;
  /** The operator that made it. */
  readonly operator: string;
  readonly path: string;
  /** Edits of the repaired file. */
  readonly edits: readonly TextEdit[];
}

/**
 * Operators that make the faults and undo them: exchanges of an operator, a constant, a name, an argument or an order, the classic mutations.
 * A search that may use these alone has 50 to 500 single edits to choose from, which a few dozen evaluations cannot exhaust.
 */
export const COMPOUND_OPERATORS: ReadonlySet<string> = new Set([
  "adjust-bound",
  "adjust-constant",
  "boolean-flip",
  "exchange-assignment",
  "flip-sign",
  "loop-direction",
  "negate-condition",
  "remove-negation",
  "replace-variable",
  "slice-bounds",
  "strict-equality",
  "swap-arguments",
  "swap-arithmetic",
  "swap-assignment-operator",
  "swap-branches",
  "swap-comparison",
  "swap-increment",
  "swap-indices",
  "swap-logical",
  "swap-method",
  "swap-operands",
  "swap-statements",
  "swap-ternary",
]);

interface Entry {
  readonly program: string;
  readonly faults: readonly CompoundFault[];
  readonly graded: boolean;
}

/** Every compound task, sorted by id. Throws a CorpusError when the file does not fit the corpus. */
export function loadCompoundTasks(root = defaultRoot()): CompoundTask[] {
  const file = join(root, "compound.json");
  const entries = JSON.parse(readFileSync(file, "utf8")) as readonly Entry[];
  const programs = new Map(loadRepairCorpus({ root: join(root, "tasks") }).map((task) => [task.id, task]));
  return entries
    .map((entry): CompoundTask => {
      const program = programs.get(entry.program);
      if (program === undefined)
        throw new CorpusError(file, `there is no program ${entry.program}`, "Make the file again");
      const id = `${entry.program}-compound`;
      const { language, split, module, fixed, visible, hidden } = program;
      return {
        ...entry,
        id,
        operators: COMPOUND_OPERATORS,
        language,
        split,
        module,
        fixed,
        visible,
        hidden,
        buggy: faulty(file, entry, fixed),
      };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function faulty(file: string, { program, faults }: Entry, fixed: RepairTask["fixed"]): Record<string, string> {
  const texts: Record<string, string> = { ...fixed };
  for (const path of new Set(faults.map((fault) => fault.path))) {
    const edits = faults.filter((fault) => fault.path === path).flatMap((fault) => fault.edits);
    const sorted = edits.toSorted((a, b) => a.start - b.start);
    const text = fixed[path] === undefined ? null : applyEdits(fixed[path], sorted);
    if (text === null || text === fixed[path])
      throw new CorpusError(file, `the faults of ${program} do not apply to ${path}`, "Make the file again");
    texts[path] = text;
  }
  return texts;
}

function defaultRoot(): string {
  for (let dir = import.meta.dirname; ; dir = join(dir, "..")) {
    const root = join(dir, "code-repair");
    if (existsSync(join(root, "compound.json"))) return root;
    if (join(dir, "..") === dir)
      throw new CorpusError("code-repair/compound.json", "the compound tasks were not found", "Pass their folder");
  }
}
