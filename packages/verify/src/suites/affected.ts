import type { TestId, TestReport } from "./types.ts";

/** By project-relative path, the tests that execute a line of that file. */
export type Coverage = Readonly<Record<string, readonly TestId[]>>;

/** Which tests execute which of the given files, as a traced run saw it; files that none executes are left out. */
export function coverageOf({ tests }: TestReport, paths: readonly string[]): Coverage {
  const executes = (path: string) => tests.filter(({ hits }) => (hits?.[path]?.length ?? 0) > 0).map(({ id }) => id);
  return Object.fromEntries(paths.map((path) => [path, executes(path)] as const).filter(([, ids]) => ids.length > 0));
}

/** The tests in up to two parts, each in its old order: those that execute a changed file, which notice a wrong change, then the others. */
export function affectedFirst(
  tests: readonly TestId[],
  changed: readonly string[],
  coverage: Coverage | undefined,
): readonly (readonly TestId[])[] {
  const affected = new Set(changed.flatMap((path) => coverage?.[path] ?? []));
  const parts = [tests.filter((id) => affected.has(id)), tests.filter((id) => !affected.has(id))];
  return parts.filter((part) => part.length > 0);
}
