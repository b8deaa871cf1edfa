import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { findGroupBase, type GroupBase } from "./cgroup-base.ts";
import type { Limits } from "./process.ts";

/** What the kernel's control groups bound: the memory and the processes of a whole box, where prlimit bounds each process. */
export interface BoxGroup {
  /** Files that the first process of the box writes itself into: one for memory, one for processes. */
  readonly join: readonly [string, string];
  /** Bytes that all processes of the box together may use, their files in memory included. */
  readonly memoryBytes: number;
  /** True once the kernel has killed a process of this box for want of memory. */
  ranOut(): boolean;
  /** False where it kills one process then and lets the others live. */
  readonly diesWhole: boolean;
  /** Kills what is left in the group and removes it; what cannot be removed now is removed later. */
  end(): void;
}

/** Pawl's own processes around the candidate's: launcher, watcher, the first process of the box, and those that drop privileges. */
const OWN_PROCESSES = 16;
/** prlimit counts what a process reserves, a group what all of them use: two processes that use up all they reserve. */
const WHOLE_FACTOR = 2;
/** Of the machine's memory; a box that needs more would have the kernel choose among all processes of the machine. */
const LARGEST_SHARE = 0.8;
const REMOVAL_TRIES = 50;
const REMOVAL_EVERY_MS = 40;

let count = 0;
/** Groups that were made and not removed yet. */
const living = new Set<Group>();
process.once("exit", () => {
  for (const group of living) group.remove();
});

/** Makes groups for boxes, below or beside the one that Pawl is in. */
export class BoxGroups {
  readonly #base: GroupBase;

  private constructor(base: GroupBase) {
    this.#base = base;
  }

  get version(): 1 | 2 {
    return this.#base.version;
  }

  /** Finds a place for groups, and tries one with a process in it. A reason when there is none. Removes what dead engines left there. */
  static find(): BoxGroups | { readonly reason: string } {
    try {
      const base = findGroupBase();
      if ("reason" in base) return base;
      sweep(base);
      const groups = new BoxGroups(base);
      const group = Group.make(base, 64 * 1024 ** 2, 16);
      try {
        const script = 'echo 0 >"$0" && echo 0 >"$1"';
        const { status, stderr } = spawnSync("sh", ["-c", script, ...group.join], { encoding: "utf8" });
        return status === 0 ? groups : { reason: `a process could not join a group: ${stderr.trim()}` };
      } finally {
        group.end();
      }
    } catch (error) {
      return { reason: (error as Error).message };
    }
  }

  /** A group for one box; null when the kernel gives none at the moment. */
  open(limits: Limits, scratchBytes: number): BoxGroup | null {
    const wanted = limits.wholeMemoryBytes ?? WHOLE_FACTOR * limits.memoryBytes + scratchBytes;
    const memory = Math.min(wanted, Math.floor(LARGEST_SHARE * totalmem()));
    try {
      return Group.make(this.#base, memory, limits.wholeProcesses ?? limits.processes + OWN_PROCESSES);
    } catch {
      return null;
    }
  }
}

let found: BoxGroups | { readonly reason: string } | undefined;

/** Those of this machine, looked for once. */
export function boxGroups(): BoxGroups | { readonly reason: string } {
  return (found ??= BoxGroups.find());
}

class Group implements BoxGroup {
  readonly join: readonly [string, string];
  readonly memoryBytes: number;
  diesWhole = false;
  readonly #base: GroupBase;
  readonly #folders: readonly string[];

  private constructor(base: GroupBase, name: string, memoryBytes: number) {
    this.#base = base;
    this.memoryBytes = memoryBytes;
    const [memory, pids] = [join(base.memory, name), join(base.pids, name)];
    this.#folders = [...new Set([memory, pids])];
    this.join = [join(memory, "cgroup.procs"), join(pids, "cgroup.procs")];
  }

  static make(base: GroupBase, memoryBytes: number, processes: number): Group {
    const group = new Group(base, makeFolders(base), memoryBytes);
    living.add(group);
    const [memory = "", pids = memory] = group.#folders;
    try {
      writeFileSync(join(pids, "pids.max"), String(processes));
      if (base.version === 1) {
        writeFileSync(join(memory, "memory.limit_in_bytes"), String(memoryBytes));
        writeIfThere(join(memory, "memory.memsw.limit_in_bytes"), String(memoryBytes));
      } else {
        writeFileSync(join(memory, "memory.max"), String(memoryBytes));
        writeIfThere(join(memory, "memory.swap.max"), "0");
        group.diesWhole = writeIfThere(join(memory, "memory.oom.group"), "1");
      }
    } catch (error) {
      group.remove();
      throw error;
    }
    return group;
  }

  ranOut(): boolean {
    const name = this.#base.version === 1 ? "memory.oom_control" : "memory.events";
    try {
      return /^oom_kill [1-9]/m.test(readFileSync(join(this.#folders[0] as string, name), "utf8"));
    } catch {
      return false; // removed
    }
  }

  end(): void {
    this.#end(REMOVAL_TRIES);
  }

  #end(tries: number): void {
    if (this.remove()) return;
    this.#kill();
    // A process that was killed a moment ago still counts, and so the group is not empty yet.
    if (tries > 0) setTimeout(() => this.#end(tries - 1), REMOVAL_EVERY_MS).unref();
  }

  #kill(): void {
    for (const path of this.join) {
      try {
        if (this.#base.version === 2 && writeIfThere(join(dirname(path), "cgroup.kill"), "1")) return;
        for (const pid of readFileSync(path, "utf8").split("\n")) if (Number(pid) > 1) process.kill(Number(pid), 9);
      } catch {
        // gone meanwhile
      }
    }
  }

  /** True when it is gone. */
  remove(): boolean {
    const gone = this.#folders.map(removeFolder).every(Boolean);
    if (gone) living.delete(this);
    return gone;
  }
}

/** Of a name that nobody has: a folder for each controller. */
function makeFolders({ memory, pids }: GroupBase): string {
  for (;;) {
    const name = `pawl-${process.pid}-${count++}`;
    try {
      mkdirSync(join(memory, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    if (pids === memory) return name;
    try {
      mkdirSync(join(pids, name));
      return name;
    } catch (error) {
      removeFolder(join(memory, name));
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/**
 * Removes the groups of engines that are dead. Only empty ones: what still has processes is being ended, or belongs to an engine whose
 * number is not one of ours, in a container.
 */
function sweep({ memory, pids }: GroupBase): void {
  for (const folder of new Set([memory, pids]))
    for (const name of readdirSync(folder)) {
      const pid = /^pawl-(\d+)-\d+$/.exec(name)?.[1];
      if (pid !== undefined && !isAlive(Number(pid))) removeFolder(join(folder, name));
    }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** False when this kernel has no such file. */
function writeIfThere(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "r+" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
