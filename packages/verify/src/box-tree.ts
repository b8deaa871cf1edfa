import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { UsageError } from "@pawl/core";
import { boxOwner, giveToBox } from "./box-owner.ts";
import type { BoxContents } from "./sandbox.ts";
import { isInside } from "./snapshot.ts";
import { SYSTEM_FOLDERS, type Toolchain, virtualEnvironmentHome } from "./toolchain.ts";

/** How the candidate's files come over the snapshot: a kernel overlay in memory, or a copy for each box. */
export type Layering = "overlay" | "copy";

/** One host folder or file shown in a box at the same path. */
export interface Shown {
  readonly path: string;
  readonly source: string;
  readonly writable: boolean;
}

/** The parts of one box that differ from box to box. Paths are on the host. */
export interface BoxTree {
  /** Folder of this box alone, removed after it. */
  readonly home: string;
  /** The candidate's changed files, to be laid over the base; null when there are none. */
  readonly changes: string | null;
  /** The candidate's whole project, when layering is "copy", or the workspace. */
  readonly copy: string | null;
  /** Sorted so that a folder comes before what lies in it. */
  readonly shown: readonly Shown[];
}

/**
 * What is taken from /etc: what programs need to load and to resolve names, nothing about this machine or its people.
 * Copied once, into the skeleton.
 */
const ETC = [
  "alternatives",
  "ld.so.cache",
  "ld.so.conf",
  "ld.so.conf.d",
  "nsswitch.conf",
  "host.conf",
  "protocols",
  "services",
  "mime.types",
  "os-release",
  "debian_version",
  "locale.alias",
  "ssl/openssl.cnf",
];
/** What a program needs to find and trust a server. */
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki"];
/** Holds nothing but the user's node: the folder that it is in may hold other programs, which must not come before others on PATH. */
export const USER_NODE_FOLDER = "/run/pawl-node";
const DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

const homes = new Set<string>();

/** One listener for all of them: a process may open many sandboxes. */
function removeAtExit(home: string): void {
  if (homes.size === 0)
    process.once("exit", () => homes.forEach((each) => rmSync(each, { recursive: true, force: true })));
  homes.add(home);
}

/**
 * Folder of one sandbox in the temporary folder: `skeleton` (the read-only root of every box), `stage` and `scratch` (empty;
 * boxes mount their trees there, each in its own mount namespace), `boxes/<n>`.
 */
export class BoxYard {
  readonly home: string;
  readonly toolchain: Toolchain;
  /** By path. A box that is made at the same time waits for the place, too. */
  readonly #prepared = new Map<string, Promise<void>>();
  #count = 0;

  private constructor(home: string, toolchain: Toolchain) {
    this.home = home;
    this.toolchain = toolchain;
  }

  static async create(toolchain: Toolchain): Promise<BoxYard> {
    const home = await mkdtemp(join(tmpdir(), "pawl-box-"));
    removeAtExit(home);
    // The box's user must reach `stage` through it, but not list it.
    await chmod(home, 0o711);
    await buildSkeleton(join(home, "skeleton"));
    const userNode = join(home, "skeleton", USER_NODE_FOLDER);
    await mkdir(userNode);
    if (toolchain.userNode !== null) await symlink(toolchain.userNode, join(userNode, "node"));
    for (const folder of ["stage", "scratch", "boxes"]) await mkdir(join(home, folder));
    return new BoxYard(home, toolchain);
  }

  get stage(): string {
    return join(this.home, "stage");
  }

  get scratch(): string {
    return join(this.home, "scratch");
  }

  get skeleton(): string {
    return join(this.home, "skeleton");
  }

  /** Writes the candidate's files for one box. */
  async prepare(contents: BoxContents, layering: Layering): Promise<BoxTree> {
    const home = join(this.home, "boxes", String(this.#count++));
    await mkdir(home);
    const shown = await this.#shown(contents);
    for (const path of [contents.snapshot.root, ...shown.map((item) => item.path)]) await this.#mountPoint(path);
    if (contents.workspace !== undefined) return { home, changes: null, copy: contents.workspace, shown };
    const files = Object.entries(contents.files);
    if (layering === "copy") {
      const copy = join(home, "copy");
      await cp(contents.snapshot.base, copy, { recursive: true, verbatimSymlinks: true });
      await writeFiles(copy, files);
      await giveTree(copy);
      return { home, changes: null, copy, shown };
    }
    if (files.length === 0) return { home, changes: null, copy: null, shown };
    const changes = join(home, "changes");
    await mkdir(changes);
    await giveToBox(changes);
    await writeFiles(changes, files);
    return { home, changes, copy: null, shown };
  }

  async #shown(contents: BoxContents): Promise<Shown[]> {
    const { dependencies } = contents.snapshot;
    const readOnly = [
      ...this.toolchain.shown,
      ...dependencies,
      ...dependencies.flatMap((folder) => virtualEnvironmentHome(folder) ?? []),
      ...(contents.readOnly ?? []),
      ...(contents.network === true ? NETWORK_FILES.filter((path) => existsSync(path)) : []),
    ];
    const writable = contents.writable ?? [];
    for (const path of writable) await giveToBox(path);
    // Of a workspace they are the user's own.
    const own = contents.workspace === undefined ? (contents.readOnly ?? []) : [];
    for (const path of own) if (isInside(realpathSync(tmpdir()), path)) await giveToBox(path);
    const items = [...new Set(readOnly)]
      .filter((path) => !writable.includes(path))
      .map((path) => ({ path, source: realpathSync(path), writable: false }));
    // It would hide the copy under the user's own tree.
    const around = items.find((item) => isInside(item.path, contents.snapshot.root));
    if (around !== undefined)
      throw new UsageError({
        what: "a folder that a box has to show holds the project itself",
        where: around.path,
        todo: "Move what is needed from there (an agent's program, its files) out of the folders above the project.",
      });
    // What a read-only folder shows anyway is not mounted again inside it.
    const covers = (outer: Shown, inner: Shown): boolean =>
      outer !== inner && outer.path === outer.source && inner.path === inner.source && isInside(outer.path, inner.path);
    return items
      .filter((item) => !items.some((outer) => covers(outer, item) && !isInside(outer.path, contents.snapshot.root)))
      .concat((contents.snapshot.replaced ?? []).map((item) => ({ ...item, writable: false })))
      .concat(writable.map((path) => ({ path, source: realpathSync(path), writable: true })))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Makes the place where something is mounted, in the skeleton; what lies in /tmp, /usr or the project gets its place in the box. */
  #mountPoint(path: string): Promise<void> {
    let prepared = this.#prepared.get(path);
    if (prepared === undefined) this.#prepared.set(path, (prepared = this.#makeMountPoint(path)));
    return prepared;
  }

  async #makeMountPoint(path: string): Promise<void> {
    if (path === "/")
      throw new UsageError({
        what: "A box cannot show the root of the file system.",
        where: path,
        todo: "Start Pawl in a project folder.",
      });
    const target = join(this.skeleton, path);
    if (isInside("/tmp", path) || SYSTEM_FOLDERS.some((folder) => isInside(folder, path))) return;
    if (existsSync(path) && !(await lstat(realpathSync(path))).isDirectory()) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, "", { flag: "a" });
    } else await mkdir(target, { recursive: true });
  }

  /** The mounts of one box in the format of fstab(5), for one call of mount(8). */
  mountTable(contents: BoxContents, tree: BoxTree): string {
    const { stage, scratch } = this;
    const lines: string[] = [];
    const bind = (source: string, target: string, options: string): void => {
      lines.push(`${escaped(source)} ${escaped(stage + target)} none ${options} 0 0`);
    };
    bind(this.skeleton, "", "bind,ro,nosuid,nodev");
    for (const folder of SYSTEM_FOLDERS)
      if (existsSync(folder) && !isLink(folder)) bind(folder, folder, `rbind,ro,nosuid,nodev${noexec(folder)}`);
    for (const device of DEVICES) bind(`/dev/${device}`, `/dev/${device}`, "bind");
    bind(`${scratch}/tmp`, "/tmp", "bind,nosuid,nodev");
    bind(`${scratch}/shm`, "/dev/shm", "bind,nosuid,nodev");
    const { root, base } = contents.snapshot;
    if (tree.copy !== null) bind(tree.copy, root, "bind,nosuid,nodev,X-mount.mkdir");
    else {
      const lower = tree.changes === null ? base : `${tree.changes}:${base}`;
      const options = `lowerdir=${lower},upperdir=${scratch}/upper,workdir=${scratch}/work,nosuid,nodev,X-mount.mkdir`;
      lines.push(`pawl ${escaped(stage + root)} overlay ${escaped(options)} 0 0`);
    }
    for (const { path, source, writable } of tree.shown) {
      const makePlace = existsSync(join(this.skeleton, path)) ? "" : ",X-mount.mkdir";
      bind(source, path, `rbind,${writable ? "rw" : "ro"},nosuid,nodev${noexec(source)}${makePlace}`);
    }
    return `${lines.join("\n")}\n`;
  }

  async discard(tree: BoxTree): Promise<void> {
    await rm(tree.home, { recursive: true, force: true });
  }
}

async function buildSkeleton(skeleton: string): Promise<void> {
  for (const folder of ["etc/ssl", "dev/shm", "proc", "tmp", "var", "run", ".host"])
    await mkdir(join(skeleton, folder), { recursive: true });
  await symlink("/tmp", join(skeleton, "var/tmp"));
  await symlink("/proc/self/fd", join(skeleton, "dev/fd"));
  for (const [fd, name] of ["stdin", "stdout", "stderr"].entries())
    await symlink(`/proc/self/fd/${fd}`, join(skeleton, "dev", name));
  for (const device of DEVICES) await writeFile(join(skeleton, "dev", device), "");
  for (const folder of SYSTEM_FOLDERS) {
    if (!existsSync(folder)) continue;
    if (isLink(folder)) await symlink(await readlink(folder), join(skeleton, folder));
    else await mkdir(join(skeleton, folder), { recursive: true });
  }
  for (const name of ETC) {
    const source = join("/etc", name);
    if (existsSync(source))
      await cp(isLink(source) ? realpathSync(source) : source, join(skeleton, "etc", name), {
        recursive: true,
        verbatimSymlinks: true,
      });
  }
  await writeFile(
    join(skeleton, "etc/passwd"),
    "root:x:0:0:root:/nonexistent:/usr/sbin/nologin\npawl:x:1000:1000:pawl:/tmp/home:/bin/sh\n",
  );
  await writeFile(join(skeleton, "etc/group"), "root:x:0:\npawl:x:1000:\n");
  await writeFile(join(skeleton, "etc/hosts"), "127.0.0.1 localhost\n::1 localhost\n");
}

/** Writes files below a folder; one that would come to lie elsewhere is an error. */
export async function writeFiles(folder: string, files: readonly (readonly [string, string])[]): Promise<void> {
  for (const [path, text] of files) {
    const target = join(folder, path);
    if (!isInside(folder, target))
      throw new UsageError({
        what: "A candidate's file lies outside the project.",
        where: path,
        todo: "Use paths relative to the project root.",
      });
    await makeFolders(folder, dirname(target));
    await rm(target, { force: true }); // never write through a link
    await writeFile(target, text);
    await giveToBox(target);
  }
}

async function makeFolders(top: string, folder: string): Promise<void> {
  if (folder === top || existsSync(folder)) return;
  await makeFolders(top, dirname(folder));
  await mkdir(folder);
  await giveToBox(folder);
}

/** `giveToBox` for a folder and everything in it. */
export async function giveTree(folder: string): Promise<void> {
  if (boxOwner === null) return;
  await giveToBox(folder);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await giveToBox(join(entry.parentPath, entry.name), entry.isSymbolicLink());
}

function isLink(path: string): boolean {
  try {
    return realpathSync(path) !== path;
  } catch {
    return false;
  }
}

/** `,noexec` where the mount that holds the path has it: inside a user namespace a remount must not drop it. */
function noexec(path: string): string {
  let best: { readonly point: string; readonly options: string } = { point: "", options: "" };
  for (const line of mountInfo()) {
    const [, , , , point = "", options = ""] = line.split(" ");
    const plain = point.replaceAll("\\040", " ");
    if (plain.length >= best.point.length && isInside(plain, path)) best = { point: plain, options };
  }
  return best.options.split(",").includes("noexec") ? ",noexec" : "";
}

let mountInfoLines: readonly string[] | null = null;
function mountInfo(): readonly string[] {
  mountInfoLines ??= readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return mountInfoLines;
}

function escaped(text: string): string {
  return text.replace(/[\\ \t\n#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
