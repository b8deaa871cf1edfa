import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError, type ChangedFiles } from "@pawl/core";
import { messageOf, messagesOf } from "./branch-message.ts";
import { gitIn, gitOrNull } from "./git.ts";
import { filesWith } from "./logical-changes.ts";
import { targetOf } from "./record.ts";
import { takeResult, type TakenResult } from "./take.ts";

export interface MadeBranch {
  readonly branch: string;
  /** The last commit. */
  readonly commit: string;
  /** All commits, oldest first: one for each logical change. */
  readonly commits: readonly { readonly commit: string; readonly subject: string }[];
  /** True when git is told to sign commits: these are not signed, since only the person's own key can do that. */
  readonly unsigned: boolean;
}

/**
 * Puts the run's result on a new branch, as one commit for each logical change, with the evidence in the messages. The work tree, the index
 * and the present branch stay as they are; no hook runs.
 */
export function branchRun(state: string, id: string, name = `pawl/${id}`): MadeBranch {
  const taken = takeResult(state, id);
  const { root } = taken.project;
  const head = headOf(root);
  demandFree(root, id, name);
  demandFits(taken, head);
  const git = gitIn(root);
  const commits: MadeBranch["commits"][number][] = [];
  let parent = head;
  for (const { files, message } of stepsOf(taken)) {
    const tree = treeWith(root, parent, files);
    parent = git(["commit-tree", tree, "-p", parent, "-F", "-"], { input: message }).trim();
    commits.push({ commit: parent, subject: message.split("\n")[0] as string });
  }
  git(["branch", "--no-track", name, parent]);
  const unsigned = gitOrNull(root, ["config", "--type=bool", "--get", "commit.gpgSign"])?.trim() === "true";
  return { branch: name, commit: parent, commits, unsigned };
}

interface Step {
  /** Files in which the step's tree differs from HEAD's, all earlier steps included. */
  readonly files: ChangedFiles;
  readonly message: string;
}

function stepsOf({ run, project, files, summary, changes }: TakenResult): readonly Step[] {
  if (changes === null) return [{ files, message: messageOf(run, project, summary) }];
  const target = targetOf(project);
  const messages = messagesOf(run, project, changes);
  return changes.map((_, i) => ({
    files: filesWith(
      target,
      changes.slice(0, i + 1).flatMap((change) => change.hunks),
    ),
    message: messages[i] as string,
  }));
}

function headOf(root: string): string {
  const inside = gitOrNull(root, ["rev-parse", "--is-inside-work-tree"])?.trim() === "true";
  const head = inside ? gitOrNull(root, ["rev-parse", "--verify", "--quiet", "HEAD"]) : null;
  if (head !== null) return head.trim();
  throw new UsageError({
    what: inside ? "the git repository has no commit yet" : "the project is no git repository",
    where: root,
    todo: "A branch needs a git repository with at least one commit; `pawl apply` works without.",
  });
}

function demandFree(root: string, id: string, name: string): void {
  const todo = `Name another: \`pawl branch ${id} --name <branch>\`.`;
  if (gitOrNull(root, ["check-ref-format", "--branch", name]) === null)
    throw new UsageError({ what: `'${name}' cannot be the name of a branch`, where: "--name", todo });
  const taken = (ref: string): boolean =>
    gitOrNull(root, ["show-ref", "--verify", "--quiet", `refs/heads/${ref}`]) !== null;
  if (taken(name)) throw new UsageError({ what: `branch '${name}' exists`, where: root, todo });
  // git keeps branches as files: `pawl` and `pawl/x` exclude each other.
  const above = name
    .split("/")
    .map((_, i, parts) => parts.slice(0, i).join("/"))
    .find((part) => part !== "" && taken(part));
  if (above !== undefined)
    throw new UsageError({ what: `branch '${above}' exists, so there can be no branch '${name}'`, where: root, todo });
}

/** The files of the patch have to be in the last commit as they were when the run started; line ends may differ as git's settings say. */
function demandFits({ project: { root, sources }, files, run }: TakenResult, head: string): void {
  const git = gitIn(root);
  for (const path of Object.keys(files)) {
    const committed = gitOrNull(root, ["rev-parse", "--verify", "--quiet", `${head}:./${path}`])?.trim();
    const text = sources[path];
    const started =
      text === undefined ? undefined : git(["hash-object", "--stdin", "--path", path], { input: text }).trim();
    if (committed === started) continue;
    if (started === undefined)
      throw new UsageError({
        what: "the patch makes a file that the last commit has already",
        where: path,
        todo: `Start a new run on the present files, or take the patch by hand: \`pawl diff ${run.id}\`.`,
      });
    throw new UsageError({
      what: "the patch does not fit the last commit: the file had uncommitted changes when the run started, or was committed anew",
      where: path,
      todo: `Commit your changes and run again, or take the patch with \`pawl apply ${run.id}\`.`,
    });
  }
}

/** The tree of a commit with other texts for some files, made in an index of its own. */
function treeWith(root: string, commit: string, files: ChangedFiles): string {
  const git = gitIn(root);
  const prefix = git(["rev-parse", "--show-prefix"]).trim();
  const folder = mkdtempSync(join(tmpdir(), "pawl-index-"));
  const index = join(folder, "index");
  try {
    git(["read-tree", commit], { index });
    for (const [path, text] of Object.entries(files)) {
      const mode = git(["ls-tree", commit, "--", path]).split(" ")[0] || "100644";
      const blob = git(["hash-object", "-w", "--stdin", "--path", path], { input: text }).trim();
      git(["update-index", "--add", "--cacheinfo", `${mode},${blob},${prefix}${path}`], { index });
    }
    return git(["write-tree"], { index }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
