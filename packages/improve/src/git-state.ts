import { gitOrNull } from "./git.ts";

/** Where a project stood in its history when a run read it. */
export interface GitState {
  /** The commit that was checked out. */
  readonly commit: string;
  /** Project-relative paths in which the work tree differed from it, new files included, sorted. */
  readonly changed: readonly string[];
}

/** Null without git, without a repository, and before the first commit. Reads only: the index is not refreshed on the disk. */
export function gitState(root: string): GitState | null {
  try {
    const commit = gitOrNull(root, ["rev-parse", "--verify", "--quiet", "HEAD"])?.trim();
    const prefix = gitOrNull(root, ["rev-parse", "--show-prefix"])?.trim() ?? "";
    const status = [
      "--no-optional-locks",
      "status",
      "--porcelain",
      "-z",
      "--no-renames",
      "--untracked-files=normal",
      ".",
    ];
    const listed = gitOrNull(root, status);
    if (commit === undefined || commit === "" || listed === null) return null;
    const paths = listed.split("\0").flatMap((line) => (line === "" ? [] : [line.slice(3 + prefix.length)]));
    return { commit, changed: paths.sort() };
  } catch {
    return null; // git is not installed
  }
}
