import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A folder for each controller; in version 2 both are the same. */
export interface GroupBase {
  readonly version: 1 | 2;
  readonly memory: string;
  readonly pids: string;
}

/** The texts of /proc that say where control groups are. */
interface GroupTexts {
  /** /proc/self/mountinfo */
  readonly mounts: string;
  /** /proc/self/cgroup */
  readonly own: string;
}

/** Version 1 where it has both controllers, else version 2. */
export function findGroupBase({ mounts, own }: GroupTexts = textsOfThis()): GroupBase | { readonly reason: string } {
  const memory = ownFolder(mounts, own, "memory");
  const pids = ownFolder(mounts, own, "pids");
  if (memory !== null && pids !== null) return { version: 1, memory, pids };
  const unified = ownFolder(mounts, own, "");
  if (unified === null) return { reason: "no control groups for memory and processes are mounted here" };
  const base = unifiedBase(unified);
  return typeof base === "string" ? { version: 2, memory: base, pids: base } : base;
}

function textsOfThis(): GroupTexts {
  return { mounts: readFileSync("/proc/self/mountinfo", "utf8"), own: readFileSync("/proc/self/cgroup", "utf8") };
}

/** Where the group that this process is in lies; an empty name of a controller stands for version 2. */
function ownFolder(mounts: string, own: string, controller: string): string | null {
  const line = own.split("\n").find((text) => (text.split(":")[1] ?? "?").split(",").includes(controller));
  const path = line?.split(":").slice(2).join(":");
  if (path === undefined) return null;
  for (const mount of mounts.split("\n")) {
    const [before = "", after = ""] = mount.split(" - ");
    const [, , , root = "", point = ""] = before.split(" ");
    const [type, , options = ""] = after.split(" ");
    const fits = controller === "" ? type === "cgroup2" : type === "cgroup" && options.split(",").includes(controller);
    const below = relative(root, path);
    if (fits && !below.startsWith("..")) return join(point, below);
  }
  return null;
}

/**
 * In version 2 a group either has processes or hands controllers on to groups below it, and Pawl is not moved out of its own. So boxes come
 * below Pawl's own group where that may hand controllers on (the root), else beside it, in a group that hands them on already; but not beside
 * one that limits Pawl itself, since a box must not leave the limits that its engine is under.
 */
function unifiedBase(own: string): string | { readonly reason: string } {
  const handsOn = (folder: string): boolean => has(folder, "cgroup.subtree_control");
  if (handsOn(own)) return own;
  if (has(own, "cgroup.controllers")) {
    try {
      writeFileSync(join(own, "cgroup.subtree_control"), "+memory +pids");
      if (handsOn(own)) return own;
    } catch {
      // it has processes, or is somebody else's
    }
  }
  const limit = ["memory.max", "memory.high", "cpu.max"].find((name) => !/^(max|$)/.test(textOf(join(own, name))));
  if (limit !== undefined) return { reason: `the control group that Pawl is in has a limit of its own (${limit})` };
  const above = dirname(own);
  if (handsOn(above)) return above;
  return { reason: "the control group that Pawl is in hands memory and pids on to no group below or beside it" };
}

function has(folder: string, file: string): boolean {
  const controllers = textOf(join(folder, file)).trim().split(" ");
  return controllers.includes("memory") && controllers.includes("pids");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
