import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { clearedEnvironment, environment, limitsArgv, timingShell } from "./box-argv.ts";
import type { Launch } from "./box-process.ts";
import type { BoxTree, BoxYard } from "./box-tree.ts";
import type { Command, Limits } from "./process.ts";
import type { BoxContents } from "./sandbox.ts";
import { findOnPath } from "./toolchain.ts";
import { isInside } from "./snapshot.ts";

/** A command on a copy of the project, without isolation: the last resort, and only when the user asked for it. */
export async function bareLaunch(
  yard: BoxYard,
  tree: BoxTree,
  contents: BoxContents,
  command: Command,
  limits: Limits,
): Promise<Launch> {
  const { root, dependencies } = contents.snapshot;
  const copy = tree.copy as string;
  for (const folder of dependencies) {
    const target = join(copy, relative(root, folder));
    if (isInside(root, folder) && !existsSync(target)) await symlink(folder, target);
  }
  const home = join(tree.home, "home");
  const temporary = join(tree.home, "tmp");
  for (const folder of [home, temporary]) await mkdir(folder);
  const places = { temporary, home, root: yard.skeleton };
  const cleared = clearedEnvironment(command, environment(yard, contents, command, places));
  const limit = findOnPath("prlimit") === null ? [] : limitsArgv(limits);
  const script = 'echo ready >&4; "$@" 4>&-; code=$?; exec 3>&-; times >&4; exit $code';
  return {
    argv: [timingShell(), "-c", script, "sh", ...limit, ...cleared, ...command.argv],
    cwd: join(copy, command.cwd ?? "."),
    secrets: command.secrets ?? {},
    group: null,
    cleanUp: () => yard.discard(tree),
  };
}
