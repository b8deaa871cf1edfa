import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, matchesGlob } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "@pawl/core";

/** What a snapshot copies, and what boxes show from the user's own tree. */
export interface ProjectListing {
  /** Project-relative paths, forward slashes, each once. */
  readonly paths: readonly string[];
  /** Absolute paths of dependency folders. */
  readonly dependencies: readonly string[];
}

const DEPENDENCY_FOLDERS = ["node_modules", ".venv", "venv"];
/** Dependencies only where git ignores it (or without git): Go and PHP projects often keep it under version control. */
const VENDOR = "vendor";
const NEVER_COPIED = new Set([".git", ".pawl", ...DEPENDENCY_FOLDERS]);
/** Left out of a project that has no git to say what is generated. */
const CACHE_FOLDERS = new Set([
  "__pycache__",
  ".pytest_cache",
  ".mypy_cache",
  ".ruff_cache",
  ".tox",
  ".nox",
  ".hg",
  ".svn",
  ".cache",
  ".next",
  ".nuxt",
  ".turbo",
  ".parcel-cache",
  ".nyc_output",
  "coverage",
  "dist",
  VENDOR,
]);
const MOST_FILES = 200_000;

const run = promisify(execFile);

/**
 * Lists the files of a project and its dependency folders. `exclude`: project-relative paths or globs to leave out; `include`: those to
 * add although git ignores them.
 */
export async function listProject(
  root: string,
  exclude: readonly string[],
  include: readonly string[] = [],
): Promise<ProjectListing> {
  const found = (await isInGit(root)) ? await gitFiles(root) : await walk(root);
  const listed = [...found, ...(await Promise.all(include.map((pattern) => included(root, pattern)))).flat()];
  const paths = [...new Set(listed)].filter((path) => !isNeverCopied(path) && !isExcluded(path, exclude));
  if (paths.length > MOST_FILES) {
    throw new UsageError({
      what: `The project has ${paths.length} files; more than ${MOST_FILES} are not copied.`,
      where: root,
      todo: "Start Pawl in a smaller folder, add generated files to .gitignore, or use --exclude.",
    });
  }
  return { paths, dependencies: dependencyFolders(root, paths) };
}

async function isInGit(root: string): Promise<boolean> {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (folder === dirname(folder)) return false;
  }
}

async function gitFiles(root: string): Promise<string[]> {
  const exclude = DEPENDENCY_FOLDERS.flatMap((name) => ["-x", name]);
  try {
    // safe.directory: the tree may belong to another account; fsmonitor: it would run a program named in the repository.
    const { stdout } = await run(
      "git",
      [
        "-c",
        "safe.directory=*",
        "-c",
        "core.fsmonitor=false",
        "ls-files",
        "-z",
        "-c",
        "-o",
        "--exclude-standard",
        ...exclude,
      ],
      {
        cwd: root,
        maxBuffer: 1 << 28,
      },
    );
    return stdout
      .split("\0")
      .filter((path) => path !== "")
      .map((path) => path.replace(/\/$/, ""))
      .filter((path) => !isLinkedWorktree(join(root, path)));
  } catch (error) {
    throw new UsageError({
      what: "git could not list the files of the project.",
      where: root,
      todo: `Check that \`git ls-files\` works there: ${error instanceof Error ? error.message.trim() : String(error)}`,
      cause: error,
    });
  }
}

/** Files below the paths that a pattern names, ignored or not. */
async function included(root: string, pattern: string): Promise<string[]> {
  const named = globSync(pattern.replace(/^\.\/|\/+$/g, ""), { cwd: root }).map((path) => path.replaceAll("\\", "/"));
  const inside = named.filter((path) => path !== "" && path !== ".." && !path.startsWith("../") && !isAbsolute(path));
  const files = await Promise.all(inside.map((path) => (isFolder(join(root, path)) ? walk(root, path) : [path])));
  const found = files.flat().filter((path) => !isNeverCopied(path));
  if (found.length > 0) return found;
  throw new UsageError({
    what: `'${pattern}' names no file of the project`,
    where: "--include",
    todo: `Name files, folders or globs below ${root}; dependency folders are there anyway.`,
  });
}

async function walk(root: string, start = ""): Promise<string[]> {
  const paths: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) paths.push(path);
      else if (
        !NEVER_COPIED.has(entry.name) &&
        !CACHE_FOLDERS.has(entry.name) &&
        !isVirtualEnvironment(join(root, path))
      )
        await visit(path);
    }
  };
  await visit(start);
  return paths;
}

/** True for a project-relative path of what tools leave behind. */
export function isByProduct(path: string): boolean {
  return path.split("/").some((step) => CACHE_FOLDERS.has(step) && step !== VENDOR);
}

/** Those of the project-relative paths, of files that need not exist, that git ignores there; none outside of git. */
export async function ignoredByGit(root: string, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0 || !(await isInGit(root))) return new Set();
  const git = run("git", ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "check-ignore", "-z", "--stdin"], {
    cwd: root,
    maxBuffer: 1 << 28,
  });
  git.child.stdin?.end(paths.join("\0"));
  // Exit code 1 says that none is ignored.
  const { stdout } = await git.catch((): { stdout: string } => ({ stdout: "" }));
  return new Set(stdout.split("\0").filter((path) => path !== ""));
}

export function isNeverCopied(path: string): boolean {
  return path.split("/").some((segment) => NEVER_COPIED.has(segment));
}

function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some((pattern) => {
    const clean = pattern.replace(/\/+$/, "");
    return path === clean || path.startsWith(`${clean}/`) || matchesGlob(path, clean);
  });
}

/** Another work tree of a repository (`git worktree add`) is no part of the project it happens to lie in. */
function isLinkedWorktree(folder: string): boolean {
  const link = join(folder, ".git");
  if (statSync(link, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return /^gitdir:.*[\\/]worktrees[\\/][^\\/]+\s*$/.test(readFileSync(link, "utf8"));
}

function isVirtualEnvironment(folder: string): boolean {
  return existsSync(join(folder, "pyvenv.cfg"));
}

/** Dependency folders beside any copied file, and node_modules in every folder above the root (workspaces hoist them). */
function dependencyFolders(root: string, paths: readonly string[]): string[] {
  const folders = new Set([root]);
  for (const path of paths)
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.add(join(root, folder));
  const found = [...folders].flatMap((folder) =>
    [...DEPENDENCY_FOLDERS, "env", VENDOR]
      .map((name) => join(folder, name))
      .filter(
        (path) => isFolder(path) && !folders.has(path) && (basename(path) !== "env" || isVirtualEnvironment(path)),
      ),
  );
  for (let folder = root; folder !== dirname(folder);) {
    folder = dirname(folder);
    if (isFolder(join(folder, "node_modules"))) found.push(join(folder, "node_modules"));
  }
  return found.sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
