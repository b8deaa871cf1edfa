import { constants } from "node:fs";
import { cp, lstat, mkdtemp, open, readFile, readdir, readlink, realpath, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { UsageError, type ChangedFiles } from "@pawl/core";
import { giveToBox } from "./box-owner.ts";
import { giveTree, writeFiles } from "./box-tree.ts";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Command, Limits, ProcessResult } from "./process.ts";
import { ignoredByGit, isByProduct, isNeverCopied } from "./project-files.ts";
import type { BoxProcess, Sandbox } from "./sandbox.ts";
import { isInside, type ProjectSnapshot } from "./snapshot.ts";

/** What somebody did to a workspace, against what it began with. */
export interface WorkspaceChanges {
  /** Text files whose content is new or another, in full. */
  readonly files: ChangedFiles;
  readonly deleted: readonly string[];
  /** What cannot be part of a candidate, with the reason: links, binary files, files that are too large. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

export interface WorkspaceOptions {
  readonly snapshot: ProjectSnapshot;
  /** Files to begin with instead of the snapshot's. */
  readonly files: ChangedFiles;
  /** Host files and folders that its commands may read, besides the project's dependencies. */
  readonly readOnly?: readonly string[];
  /** Reach the machine's network. */
  readonly network: boolean;
}

/** A coding agent starts language servers, compilers and browsers, and holds long conversations in memory. */
const AGENT_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  cpuSeconds: 24 * 3600,
  memoryBytes: 8 * 1024 ** 3,
  processes: 1024,
  openFiles: 4096,
};
const LARGEST_FILE = 4 * 1024 ** 2;
const MOST_FILES = 20_000;

/**
 * A copy of the project that belongs to one agent: its commands run in boxes where the copy lies at the project's own path, writable, and
 * nothing else of the user's is. The copy stays until `close`, whatever its processes do.
 */
export class Workspace {
  /** Absolute path of the project, as the commands see it. */
  readonly root: string;
  readonly #home: string;
  readonly #copy: string;
  readonly #sandbox: Sandbox;
  readonly #options: WorkspaceOptions;

  private constructor(home: string, sandbox: Sandbox, options: WorkspaceOptions) {
    this.root = sandbox.isolation === "none" ? join(home, "copy") : options.snapshot.root;
    this.#home = home;
    this.#copy = join(home, "copy");
    this.#sandbox = sandbox;
    this.#options = options;
  }

  static async open(sandbox: Sandbox, options: WorkspaceOptions): Promise<Workspace> {
    const home = await realpath(await mkdtemp(join(tmpdir(), "pawl-workspace-")));
    const workspace = new Workspace(home, sandbox, options);
    try {
      await cp(options.snapshot.base, workspace.#copy, { recursive: true, verbatimSymlinks: true });
      await writeFiles(workspace.#copy, Object.entries(options.files));
      await giveTree(workspace.#copy);
      return workspace;
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** Runs a command to its end, or for `seconds`. */
  run(command: Command, seconds: number, signal?: AbortSignal): Promise<ProcessResult> {
    return this.#sandbox.run(this.#contents(), command, { ...AGENT_LIMITS, wallMs: seconds * 1000 }, signal);
  }

  /** Starts a command whose standard output are the messages. */
  start(command: Command): Promise<BoxProcess> {
    const argv = ["sh", "-c", 'exec "$@" >&3 3>&-', "sh", ...command.argv];
    return this.#sandbox.start(this.#contents(), { ...command, argv }, AGENT_LIMITS);
  }

  /** Text of a file, by a path of the commands' world. @throws UsageError for one that is not a file inside the copy */
  async read(path: string): Promise<string> {
    const handle = await this.#open(path, constants.O_RDONLY);
    try {
      const { size } = await handle.stat();
      if (size > LARGEST_FILE) throw outside(path, `is larger than ${LARGEST_FILE} bytes`);
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  }

  /** Writes a file, new or not; its folder has to be there. @throws UsageError for a path that is not inside the copy */
  async write(path: string, text: string): Promise<void> {
    if (text.length > LARGEST_FILE) throw outside(path, `would be larger than ${LARGEST_FILE} characters`);
    const handle = await this.#open(path, constants.O_WRONLY | constants.O_CREAT);
    try {
      await handle.truncate(0);
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  }

  /** Compares the copy with what it began with. Call it when no process of the workspace runs any more. */
  async changes(): Promise<WorkspaceChanges> {
    const { snapshot, files: begun } = this.#options;
    const files: Record<string, string> = {};
    const refused: { path: string; reason: string }[] = [];
    const found = new Set<string>();
    const known = new Set([...snapshot.files, ...Object.keys(begun)]);
    const added: string[] = [];
    const dependencies = new Set(snapshot.dependencies.map((folder) => relative(snapshot.root, folder)));
    for (const { path, isFile } of await filesBelow(this.#copy, dependencies)) {
      found.add(path);
      if (known.has(path)) {
        if (!isFile) refused.push({ path, reason: "is no regular file any more" });
        else await this.#compare(path, files, refused);
      } else if (isFile) added.push(path);
      else if (!(await sameLink(join(this.#copy, path), join(snapshot.base, path))))
        refused.push({ path, reason: "is a link, or no regular file" });
    }
    const ignored = await ignoredByGit(snapshot.root, added);
    for (const path of added) if (!ignored.has(path) && !isByProduct(path)) await this.#compare(path, files, refused);
    const deleted = [...known].filter((path) => !found.has(path)).sort();
    return { files, deleted, refused };
  }

  async close(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }

  #contents() {
    const { snapshot, readOnly = [], network } = this.#options;
    return { snapshot, files: {}, workspace: this.#copy, readOnly, network };
  }

  async #compare(
    path: string,
    files: Record<string, string>,
    refused: { path: string; reason: string }[],
  ): Promise<void> {
    const { snapshot, files: begun } = this.#options;
    const { size } = await lstat(join(this.#copy, path));
    if (size > LARGEST_FILE) return void refused.push({ path, reason: `is larger than ${LARGEST_FILE} bytes` });
    const now = await readFile(join(this.#copy, path));
    const before = begun[path] ?? (await readFile(join(snapshot.base, path)).catch(() => null));
    if (before !== null && now.equals(Buffer.from(before))) return;
    const text = now.toString("utf8");
    if (!Buffer.from(text).equals(now) || text.includes("\0")) refused.push({ path, reason: "is no text in UTF-8" });
    else files[path] = text;
  }

  /**
   * Opens a file whose every folder is inside the copy, whatever the agent puts in its place meanwhile: the folder is opened first, and what
   * was opened is asked where it is.
   */
  async #open(path: string, flags: number): Promise<FileHandle> {
    const steps = isAbsolute(path) ? relative(this.root, path) : path;
    const file = join(this.#copy, steps);
    if (!isInside(this.#copy, file) || file === this.#copy) throw outside(path);
    const parent = await open(dirname(file), constants.O_RDONLY | constants.O_DIRECTORY).catch((error: Error) => {
      throw outside(path, `cannot be opened: ${(error as NodeJS.ErrnoException).code}`);
    });
    try {
      const linux = process.platform === "linux";
      const folder = linux ? `/proc/self/fd/${parent.fd}` : dirname(file);
      if (linux && !isInside(this.#copy, await readlink(folder))) throw outside(path);
      const own = flags | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      const handle = await open(join(folder, basename(file)), own, 0o644).catch((error: Error) => {
        throw outside(path, `cannot be opened: ${(error as NodeJS.ErrnoException).code}`);
      });
      if ((await handle.stat()).isFile()) {
        if ((flags & constants.O_CREAT) !== 0) await giveToBox(`/proc/self/fd/${handle.fd}`);
        return handle;
      }
      await handle.close();
      throw outside(path, "is no regular file");
    } finally {
      await parent.close();
    }
  }
}

function outside(path: string, reason = "is not inside the project"): UsageError {
  return new UsageError({ what: `${path} ${reason}`, todo: "Name a file of the project." });
}

/** Everything below a folder that is no folder, without following links; not what lies in `.git` or in the dependencies. */
async function filesBelow(
  top: string,
  dependencies: ReadonlySet<string>,
): Promise<{ readonly path: string; readonly isFile: boolean }[]> {
  const found: { path: string; isFile: boolean }[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(top, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isNeverCopied(entry.name) || dependencies.has(path)) continue;
      if (entry.isDirectory()) await visit(path);
      else if (found.push({ path, isFile: entry.isFile() }) > MOST_FILES)
        throw new UsageError({
          what: `the copy holds more than ${MOST_FILES} files`,
          where: top,
          todo: "Leave generated files out with --exclude, or tell the agent not to make them.",
        });
    }
  };
  await visit("");
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function sameLink(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([readlink(one).catch(() => null), readlink(other).catch(() => null)]);
  return a !== null && a === b;
}
