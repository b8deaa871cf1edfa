import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { ProjectSnapshot } from "@pawl/verify";

/** Absolute path of what somebody named from `root`, without links to folders on the way. A file that is a link itself stays one. */
export function realPlace(root: string, named: string): string {
  return behindLinks(resolve(behindLinks(root), named));
}

/** The same as the files of a snapshot are called, whose root is without links. */
export function pathInProject(snapshot: Pick<ProjectSnapshot, "root">, root: string, named: string): string {
  return relative(snapshot.root, realPlace(root, named)).replaceAll("\\", "/");
}

/** What is not there is taken as it is called. */
function behindLinks(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return realpathSync(path);
  const folder = dirname(path);
  return folder === path ? path : join(behindLinks(folder), basename(path));
}
