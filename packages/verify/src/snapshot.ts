import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { UsageError, canonicalJson, sha256 } from "@pawl/core";
import { giveToBox } from "./box-owner.ts";
import { type ProjectListing, listProject } from "./project-files.ts";

/**
 * A frozen copy of the project as it was when the run started. Candidates are laid over it; the user's own tree is never written.
 */
export interface ProjectSnapshot {
  /** Absolute path of the user's project; boxes show the snapshot there. */
  readonly root: string;
  /** Absolute path of the copy: tracked files, and untracked ones that are not ignored (outside git: everything but dependency and cache folders). */
  readonly base: string;
  /** Dependency folders of the user's project, shown read-only at their own path (node_modules at any level, .venv, …). */
  readonly dependencies: readonly string[];
  /** Host folders shown read-only at another place, over what is there: other versions of a dependency (see `matrix/view.ts`). */
  readonly replaced?: readonly { readonly path: string; readonly source: string }[];
  /** Project-relative paths of all regular files in the copy, sorted. Symbolic links are copied as links and not listed: they cannot be edited. */
  readonly files: readonly string[];
  /** SHA-256 over (path, executable bit, content) of all files and (path, target) of all links. */
  readonly hash: string;
}

export interface SnapshotOptions {
  /** Project-relative paths or globs (`data/**`) to leave out. */
  readonly exclude?: readonly string[];
  /** Project-relative paths or globs to copy although git ignores them: the output of a build, a file with settings for the tests. */
  readonly include?: readonly string[];
}

type Entry = readonly [path: string, kind: "file" | "executable" | "link", content: string];

const COPIES_AT_ONCE = 16;
const LFS_POINTER = "version https://git-lfs.github.com/spec/";

/**
 * Copies the project under `root` to a private temporary folder. Symbolic links are copied as links and never followed, so one
 * that points outside the project dangles inside a box. Submodules and Git LFS pointers are refused: their content is not in the tree.
 * @throws UsageError when `root` is not a folder, or holds something that cannot be copied faithfully
 */
export async function takeSnapshot(root: string, options: SnapshotOptions = {}): Promise<ProjectSnapshot> {
  const absolute = await realFolder(root);
  const listing = await listProject(absolute, options.exclude ?? [], options.include);
  const home = await mkdtemp(join(tmpdir(), "pawl-snapshot-"));
  try {
    const base = join(home, "base");
    const entries = await copyAll(absolute, base, listing);
    return {
      root: absolute,
      base,
      dependencies: listing.dependencies,
      files: entries.filter(([, kind]) => kind !== "link").map(([path]) => path),
      hash: sha256(canonicalJson(entries)),
    };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

/** Deletes the copy. The snapshot must not be used afterwards. */
export async function removeSnapshot(snapshot: ProjectSnapshot): Promise<void> {
  await rm(dirname(snapshot.base), { recursive: true, force: true });
}

async function realFolder(root: string): Promise<string> {
  const found = await realpath(root).catch(() => null);
  if (found === null || !(await lstat(found)).isDirectory()) {
    throw new UsageError({
      what: "The project folder does not exist.",
      where: resolve(root),
      todo: "Give the path of an existing folder.",
    });
  }
  return found;
}

async function copyAll(root: string, base: string, listing: ProjectListing): Promise<Entry[]> {
  const folders = new Set(["."]);
  for (const path of listing.paths)
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.add(folder);
  for (const folder of [...folders].sort()) {
    await mkdir(join(base, folder));
    await giveToBox(join(base, folder));
  }
  const entries: Entry[] = [];
  const queue = listing.paths[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const path of queue) {
      const entry = await copyOne(root, base, path);
      if (entry !== null) entries.push(entry);
    }
  };
  // All of them have to be through before anybody removes what was copied.
  const ends = await Promise.allSettled(Array.from({ length: COPIES_AT_ONCE }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

async function copyOne(root: string, base: string, path: string): Promise<Entry | null> {
  const source = join(root, path);
  const target = join(base, path);
  const status = await lstat(source).catch(() => null);
  if (status === null) return null; // tracked, but deleted in the work tree
  if (status.isSymbolicLink()) {
    const link = await readlink(source);
    await symlink(link, target);
    await giveToBox(target, true);
    return [path, "link", link];
  }
  if (status.isDirectory()) {
    const nested = (await lstat(join(source, ".git")).catch(() => null))?.isDirectory() === true;
    throw new UsageError({
      what: nested
        ? "The project contains another git repository."
        : "The project contains a git submodule, whose files belong to another repository.",
      where: path,
      todo: `Start Pawl inside that folder, or leave it out: --exclude ${path}`,
    });
  }
  if (!status.isFile()) return null; // sockets and pipes
  const content = await readFile(source);
  if (content.length < 1024 && content.toString("latin1", 0, LFS_POINTER.length) === LFS_POINTER) {
    throw new UsageError({
      what: "A file is a Git LFS pointer without its content.",
      where: path,
      todo: `Run \`git lfs pull\`, or leave the file out: --exclude ${path}`,
    });
  }
  await writeFile(target, content);
  const executable = (status.mode & 0o111) !== 0;
  await chmod(target, executable ? 0o755 : 0o644);
  await giveToBox(target);
  return [path, executable ? "executable" : "file", sha256(content)];
}

/** True when `path` lies in `folder` or is it. */
export function isInside(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return steps === "" || (!steps.startsWith("..") && !isAbsolute(steps));
}
