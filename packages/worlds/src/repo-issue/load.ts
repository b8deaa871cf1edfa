/**
 * The repo-issue world: small repositories with a fault in them, an issue text
 * that reports it, and tests that show it.
 *
 * A repository is a folder `repo-issue/<repo>/` with `repo.json`, `base/` (the
 * correct tree with its tests, which runs as it stands) and one folder per
 * issue, `issues/<name>/`: `issue.json` says which edits put the faults in,
 * `helpful.md` and `misleading.md` report them, and `hidden/` holds test files
 * that judge a repair and are never part of the tree. This module reads and
 * checks them; it runs none of the code.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PawlError } from "@pawl/core";
import { changedLines, replaceOnce } from "./edit.ts";
import { readIssue, readRepository, type FileTree, type RepoLanguage } from "./files.ts";

/** Where a fault is. Lines count from 1, in the faulty file. */
export interface FaultLocation {
  readonly path: string;
  /** A function, `Class.method`, or the name of a constant at the top level. */
  readonly symbol: string;
  readonly line: number;
  readonly endLine: number;
}

export interface RepoIssue {
  /** `<repo>-<name>`, usable as a file name. */
  readonly id: string;
  readonly repo: string;
  readonly language: RepoLanguage;
  /** The faulty tree with the visible tests. */
  readonly files: FileTree;
  /** Test files a repair is judged by and must not see. */
  readonly hidden: FileTree;
  /** The correct text of the files that are faulty. */
  readonly fixed: FileTree;
  readonly issue: {
    /** As a good reporter writes: with the name of the function, a path, or a frame of the stack. */
    readonly helpful: string;
    /** In a user's words; the names in it belong to code without a fault. */
    readonly misleading: string;
  };
  /** One location per fault. */
  readonly truth: readonly FaultLocation[];
  /** The visible tests that fail, as `path::title`; all other visible tests pass. */
  readonly failing: readonly string[];
  /** Whether a single visible test shows the fault, by few examples, so that a wrong patch fitted to them may pass. */
  readonly weak: boolean;
}

export interface LoadRepoOptions {
  readonly language?: RepoLanguage;
  /** The name of one repository. */
  readonly repo?: string;
  /** The folder with the repositories; by default those that come with Pawl. */
  readonly root?: string;
}

function defaultRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let dir = start; ; dir = dirname(dir)) {
    const root = join(dir, "repo-issue");
    // A folder of this name without folders in it is this module's own.
    if (foldersIn(root).length > 0) return root;
    if (dirname(dir) === dir) {
      throw new PawlError({
        what: "the repositories of the world repo-issue were not found",
        where: start,
        todo: "Pass their folder as `root`",
      });
    }
  }
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch {
    return [];
  }
}

/** The names of the repositories, sorted. */
export function repoNames(root: string = defaultRoot()): string[] {
  return foldersIn(root);
}

/**
 * Read the issues, sorted by repository and name.
 *
 * @throws PawlError that names the file and what to do about it.
 */
export function loadRepoIssues(options: LoadRepoOptions = {}): RepoIssue[] {
  const root = options.root ?? defaultRoot();
  const names = repoNames(root);
  if (names.length === 0) {
    throw new PawlError({
      what: "the folder holds no repositories",
      where: root,
      todo: "Pass the folder with the repositories as `root`",
    });
  }
  if (options.repo !== undefined && !names.includes(options.repo)) {
    throw new PawlError({
      what: `there is no repository "${options.repo}"`,
      where: root,
      todo: `Use one of ${names.join(", ")}`,
    });
  }
  return names
    .filter((name) => options.repo === undefined || name === options.repo)
    .flatMap((name) => {
      const dir = join(root, name);
      const { language, base } = readRepository(dir);
      if (options.language !== undefined && options.language !== language) return [];
      return foldersIn(join(dir, "issues")).map((issue) => assemble(name, language, base, dir, issue));
    });
}

function assemble(repo: string, language: RepoLanguage, base: FileTree, repoDir: string, name: string): RepoIssue {
  const dir = join(repoDir, "issues", name);
  const file = join(dir, "issue.json");
  const { edits, failing, weak, hidden } = readIssue(dir);
  const fault = (what: string, todo: string): PawlError => new PawlError({ what, where: file, todo });
  const files: Record<string, string> = { ...base };
  for (const [i, edit] of edits.entries()) {
    const text = files[edit.file];
    if (text === undefined) throw fault(`edits[${i}].file "${edit.file}" is not in base/`, "Name a file of base/");
    const { count, result } = replaceOnce(text, edit.before, edit.after);
    if (count !== 1) {
      throw fault(
        `the "before" of edits[${i}] occurs ${count} times in ${edit.file}`,
        "Choose a snippet that occurs once",
      );
    }
    files[edit.file] = result;
  }
  const truth = edits.map((edit, i): FaultLocation => {
    const lines = changedLines(files[edit.file] ?? "", edit.before, edit.after);
    if (lines === null) {
      throw fault(`the "after" of edits[${i}] does not occur once in ${edit.file}`, "Take more of its surroundings in");
    }
    return { path: edit.file, symbol: edit.symbol, ...lines };
  });
  for (const test of failing) {
    const [path = "", title = ""] = test.split("::");
    if (title === "" || !files[path]?.includes(title)) {
      throw fault(`the failing test "${test}" is not in base/`, "Write it as path::title of a test in base/");
    }
  }
  for (const path of Object.keys(hidden)) {
    if (path in files) throw fault(`hidden/${path} is also in base/`, "Give the hidden test file another name");
  }
  return {
    id: `${repo}-${name}`,
    repo,
    language,
    files,
    hidden,
    fixed: Object.fromEntries(edits.map((edit) => [edit.file, base[edit.file] ?? ""])),
    issue: { helpful: readText(join(dir, "helpful.md")), misleading: readText(join(dir, "misleading.md")) },
    truth,
    failing,
    weak,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new PawlError({
      what: "the file cannot be read",
      where: file,
      todo: "Every issue needs helpful.md and misleading.md",
    });
  }
}
