import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@pawl/core";
import { gitIn, gitOrNull } from "./git.ts";
import type { RecordedRun } from "./record.ts";
import { takeResult, type TakenResult } from "./take.ts";

/** Puts the run's result on a new branch as one commit, with the evidence in its message. The work tree and the index stay as they are. */
export function branchRun(
  state: string,
  id: string,
  name = `pawl/${id}`,
): { readonly branch: string; readonly commit: string } {
  const taken = takeResult(state, id);
  const { root } = taken.project;
  const head = headOf(root);
  demandFree(root, id, name);
  const git = gitIn(root);
  const message = messageOf(taken.run, taken.summary);
  const commit = git(["commit-tree", treeWith(taken, head), "-p", head, "-F", "-"], { input: message }).trim();
  git(["branch", name, commit]);
  return { branch: name, commit };
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
  if (gitOrNull(root, ["show-ref", "--verify", "--quiet", `refs/heads/${name}`]) !== null)
    throw new UsageError({ what: `branch '${name}' exists`, where: root, todo });
}

/** The tree of the last commit with the files of the patch, made in an index of its own. */
function treeWith({ project, files, run }: TakenResult, head: string): string {
  const git = gitIn(project.root);
  const prefix = git(["rev-parse", "--show-prefix"]).trim();
  const folder = mkdtempSync(join(tmpdir(), "pawl-index-"));
  const index = join(folder, "index");
  try {
    git(["read-tree", head], { index });
    for (const [path, text] of Object.entries(files)) {
      const committed = gitOrNull(project.root, ["show", `${head}:${prefix}${path}`]);
      if (committed !== project.sources[path])
        throw new UsageError({
          what: "the patch does not fit the last commit: the file had uncommitted changes when the run started, or was committed anew",
          where: path,
          todo: `Commit your changes and run again, or take the patch with \`pawl apply ${run.id}\`.`,
        });
      const [mode] = git(["ls-tree", head, "--", path]).split(" ");
      const blob = git(["hash-object", "-w", "--stdin"], { input: text }).trim();
      git(["update-index", "--cacheinfo", `${mode ?? "100644"},${blob},${prefix}${path}`], { index });
    }
    return git(["write-tree"], { index }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function messageOf(run: RecordedRun, summary: string): string {
  const { result } = run;
  const lines = [`${run.command === "fix" ? "Fix" : "Improve"}: ${summary}`, ""];
  if (result !== null && "tests" in result) {
    const { before, after, heldOut } = result.tests;
    lines.push(
      `Tests before: ${before.passed} passed, ${before.failed} failed`,
      `Tests after: ${after.passed} passed, ${after.failed} failed`,
    );
    lines.push(
      heldOut === null
        ? "Held-out tests: none were kept back"
        : `Held-out tests: ${heldOut.passed} passed, ${heldOut.failed} failed`,
    );
  } else if (result !== null) {
    const { before, after, interval } = result.score;
    lines.push(
      `Score before: ${before}`,
      `Score after: ${after}${interval === null ? "" : ` (95 % interval of the gain: ${interval[0]} to ${interval[1]})`}`,
    );
    for (const baseline of result.baselines)
      lines.push(`Baseline ${baseline.name}: ${baseline.score} after ${baseline.evaluations} evaluations`);
  }
  if (result !== null) {
    lines.push(`Evaluations: ${result.evaluations.screened} screened, ${result.evaluations.confirmed} confirmed`);
    lines.push(
      `Isolation: ${result.isolation}; proposer: ${result.proposer}; search: ${result.search}; run: ${run.id}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
