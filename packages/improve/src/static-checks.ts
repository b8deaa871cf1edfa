import type { Check } from "@pawl/core";
import {
  cascade,
  findLinter,
  findTypeChecker,
  LintCheck,
  runStaticChecker,
  TypeCheck,
  type ProjectSnapshot,
  type Sandbox,
  type StaticChecker,
  type StaticFinding,
} from "@pawl/verify";

/** A type checker or linter of the project's own, and what it finds in the unchanged project. */
export interface StaticBase {
  readonly checker: StaticChecker;
  readonly findings: readonly StaticFinding[];
}

/** Null where the project has none, or where it does not do its work on the unchanged project. */
export interface StaticChecks {
  readonly types: StaticBase | null;
  readonly lint: StaticBase | null;
}

/** Runs the project's type checker and linter on the unchanged project. `notes`: what the person should know. */
export async function readStaticChecks(
  sandbox: Sandbox,
  snapshot: ProjectSnapshot,
  signal: AbortSignal | undefined,
): Promise<StaticChecks & { readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const read = async (checker: StaticChecker | null): Promise<StaticBase | null> => {
    if (checker === null) return null;
    const run = await runStaticChecker(sandbox, snapshot, checker, {}, signal);
    if (!("reason" in run)) return { checker, findings: run.findings };
    notes.push(`left out, since it does not run here: ${run.reason}`);
    return null;
  };
  return { types: await read(findTypeChecker(snapshot)), lint: await read(findLinter(snapshot)), notes };
}

/** The tests first, then the types of what passes them; what the linter says of a change that would be kept is noted beside the verdict. */
export function withStaticChecks(
  tests: Check,
  { types, lint }: StaticChecks,
  sandbox: Sandbox,
  snapshot: ProjectSnapshot,
): Check {
  const options = ({ checker, findings }: StaticBase) => ({ sandbox, snapshot, checker, base: findings });
  return cascade([
    tests,
    ...(types === null ? [] : [new TypeCheck(options(types))]),
    ...(lint === null ? [] : [new LintCheck(options(lint))]),
  ]);
}
