import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { UsageError, type ChangedFiles } from "@pawl/core";
import { candidateOf, openExisting, readRun, targetOf, type ProjectRecord, type RecordedRun } from "./record.ts";
import { projectOf } from "./runs.ts";

interface Taken {
  readonly run: RecordedRun;
  readonly project: ProjectRecord;
  readonly files: ChangedFiles;
  readonly summary: string;
}

/**
 * Writes the run's result into the user's tree: only the files of the patch, all or none, and only if each still has the content the
 * run started from.
 */
export function applyRun(state: string, id: string, candidate?: string): { readonly files: readonly string[] } {
  const { project, files } = take(state, id, candidate);
  const changed = Object.keys(files).filter(
    (path) => currentText(join(project.root, path)) !== (project.sources[path] ?? null),
  );
  if (changed.length > 0) {
    throw new UsageError({
      what: `the file${changed.length > 1 ? "s" : ""} changed after the run had started; nothing was written`,
      where: changed.join(", "),
      todo: `Take the patch by hand (\`pawl diff ${id} | git apply -3\`), or start a new run on the present files.`,
    });
  }
  const staged = Object.entries(files).map(([path, text]) => {
    const destination = join(project.root, path);
    const temporary = join(dirname(destination), `.${basename(destination)}.${process.pid}.pawl`);
    writeFileSync(temporary, text, { mode: statSync(destination).mode, flag: "wx" });
    return { path, temporary, destination };
  });
  for (const { temporary, destination } of staged) renameSync(temporary, destination);
  return { files: staged.map(({ path }) => path) };
}

/** Puts the run's result on a new branch as one commit, with the evidence in its message. The work tree and the index stay as they are. */
export function branchRun(
  state: string,
  id: string,
  name = `pawl/${id}`,
): { readonly branch: string; readonly commit: string } {
  const { run, project, files, summary } = take(state, id);
  const git = gitIn(project.root);
  const prefix = git(["rev-parse", "--show-prefix"]).trim();
  if (git(["branch", "--list", name]).trim() !== "")
    throw new UsageError({
      what: `branch '${name}' exists`,
      todo: `Name another: \`pawl branch ${id} --name <branch>\`.`,
    });
  const index = mkdtempSync(join(tmpdir(), "pawl-index-"));
  try {
    const staged = gitIn(project.root, { GIT_INDEX_FILE: join(index, "index") });
    const head = git(["rev-parse", "HEAD"]).trim();
    staged(["read-tree", head]);
    for (const [path, text] of Object.entries(files)) {
      const committed = gitOrNull(project.root, ["show", `${head}:${prefix}${path}`]);
      if (committed !== project.sources[path]) {
        throw new UsageError({
          what: "the file had uncommitted changes when the run started, so the patch does not fit the last commit",
          where: path,
          todo: `Commit your changes and run again, or take the patch with \`pawl apply ${id}\`.`,
        });
      }
      const [mode] = git(["ls-tree", head, "--", path]).split(" ");
      const blob = gitIn(project.root)(["hash-object", "-w", "--stdin"], text).trim();
      staged(["update-index", "--cacheinfo", `${mode ?? "100644"},${blob},${prefix}${path}`]);
    }
    const tree = staged(["write-tree"]).trim();
    const commit = git(["commit-tree", tree, "-p", head, "-F", "-"], messageOf(run, summary)).trim();
    git(["branch", name, commit]);
    return { branch: name, commit };
  } finally {
    rmSync(index, { recursive: true, force: true });
  }
}

function take(state: string, id: string, wanted?: string): Taken {
  const store = openExisting(state);
  try {
    const run = readRun(store, id);
    const project = projectOf(run.project, id);
    const candidate = candidateOf(run, wanted);
    return { run, project, files: targetOf(project).filesOf(candidate), summary: candidate.origin.summary };
  } finally {
    store.close();
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

function gitIn(
  root: string,
  env: Readonly<Record<string, string>> = {},
): (args: readonly string[], input?: string) => string {
  return (args, input) => {
    try {
      return execFileSync("git", [...args], {
        cwd: root,
        encoding: "utf8",
        input: input ?? "",
        env: { ...process.env, ...env },
        stdio: ["pipe", "pipe", "pipe"],
      });
    } catch (error) {
      const reason = String((error as { stderr?: unknown }).stderr ?? error).trim();
      throw new UsageError({
        what: `git ${args[0]} failed: ${reason.split("\n")[0]}`,
        where: root,
        todo: "A branch needs a git repository with at least one commit; `pawl apply` works without.",
        cause: error,
      });
    }
  };
}

function gitOrNull(root: string, args: readonly string[]): string | null {
  try {
    return execFileSync("git", [...args], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1 << 28,
    });
  } catch {
    return null;
  }
}

function currentText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
