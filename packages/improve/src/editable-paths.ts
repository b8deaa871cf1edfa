import { UsageError } from "@pawl/core";
import { classifyFiles, type Discovery, type ProjectSnapshot } from "@pawl/verify";
import type { FixOptions } from "./options.ts";
import { pathInProject } from "./project-path.ts";

/** Sources of the package, and tests when they may be edited; only those below the wanted paths when some are named. */
export function editablePaths(
  snapshot: ProjectSnapshot,
  runner: Discovery["runner"],
  { root, paths = [], editTests = false }: Pick<FixOptions, "root" | "paths" | "editTests">,
): readonly string[] {
  const { tests, source } = classifyFiles(snapshot, runner);
  const allowed = editTests ? [...source, ...tests] : source;
  const wanted = paths.map((path) => pathInProject(snapshot, root, path));
  if (wanted.length === 0) return allowed;
  for (const path of wanted) {
    const below = (file: string): boolean => isBelow(file, path);
    if (allowed.some(below)) continue;
    if (tests.some(below))
      throw new UsageError({
        what: "tests are not edited",
        where: path,
        todo: "Pass --edit-tests if the test is what is wrong.",
      });
    throw new UsageError({
      what: "no source file of the project is there",
      where: path,
      todo: `Name files or folders below ${snapshot.root}.`,
    });
  }
  return allowed.filter((file) => wanted.some((path) => isBelow(file, path)));
}

function isBelow(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(`${path}/`);
}
