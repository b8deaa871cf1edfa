import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, matchesGlob } from "node:path";
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

/** Lists the files of a project and its dependency folders. `exclude`: project-relative paths or globs. */
export async function listProject(root: string, exclude: readonly string[]): Promise<ProjectListing> {
  const listed = (await isInGit(root)) ? await gitFiles(root) : await walk(root);
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
      .map((path) => path.replace(/\/$/, ""));
  } catch (error) {
    throw new UsageError({
      what: "git could not list the files of the project.",
      where: root,
      todo: `Check that \`git ls-files\` works there: ${error instanceof Error ? error.message.trim() : String(error)}`,
      cause: error,
    });
  }
}

async function walk(root: string): Promise<string[]> {
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
  await visit("");
  return paths;
}

function isNeverCopied(path: string): boolean {
  return path.split("/").some((segment) => NEVER_COPIED.has(segment));
}

function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some((pattern) => {
    const clean = pattern.replace(/\/+$/, "");
    return path === clean || path.startsWith(`${clean}/`) || matchesGlob(path, clean);
  });
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
