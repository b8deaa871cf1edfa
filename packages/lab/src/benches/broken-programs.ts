import type { BugId } from "@pawl/propose";
import type { RepairTask } from "@pawl/worlds";
import type { BenchTask } from "./repair-setup.ts";

export type LabelledTask = BenchTask & { readonly bug: BugId };

/**
 * Right programs broken in ways that a corpus of faults which load does not have: a lost bracket, a wrong indentation, an import of nothing, a name
 * that is not defined. By text alone, not by any operator that repairs. Programs in which a way has no place are left out.
 */
export function brokenPrograms(tasks: readonly RepairTask[]): LabelledTask[] {
  return tasks.flatMap((task) =>
    WAYS.flatMap(({ bug, breaks }): LabelledTask[] => {
      const text = breaks(task.fixed[task.module] ?? "", task.language === "python");
      if (text === null) return [];
      const { module, visible, hidden, fixed } = task;
      return [{ id: `${task.id}-${bug}`, module, visible, hidden, bug, buggy: { ...fixed, [module]: text } }];
    }),
  );
}

const WAYS: readonly { readonly bug: BugId; breaks(text: string, python: boolean): string | null }[] = [
  { bug: "A.1", breaks: (text, python) => without(text, python ? ")" : "}") },
  { bug: "A.2", breaks: (text, python) => (python ? text.replace(/\n( {4})(\S)/, "\n      $2") : null) },
  {
    bug: "A.3",
    breaks: (text, python) => `${python ? "import no_such_module" : 'import "./no-such-module.js";'}\n${text}`,
  },
  { bug: "B.2", breaks: undefinedName },
];

function without(text: string, mark: string): string | null {
  const at = text.lastIndexOf(mark);
  return at === -1 ? null : text.slice(0, at) + text.slice(at + 1);
}

/** The first returned name gets a letter more. */
function undefinedName(text: string): string | null {
  const broken = text.replace(/\breturn ([a-z]\w*)(?=;|\n)/, (whole, name: string) =>
    /^(?:true|false|null|undefined|None|this|self)$/.test(name) ? whole : `return ${name}x`,
  );
  return broken === text ? null : broken;
}
