import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { boxOwner } from "./box-owner.ts";
import { USER_NODE_FOLDER, type BoxTree, type BoxYard } from "./box-tree.ts";
import type { BoxGroup } from "./cgroup.ts";
import type { Command, Limits } from "./process.ts";
import type { BoxContents, Isolation } from "./sandbox.ts";

const BOX_SCRIPT = fileURLToPath(new URL("../harness/box.sh", import.meta.url));
const INIT_SCRIPT = fileURLToPath(new URL("../harness/box-init.sh", import.meta.url));
/** Memory that files in /tmp and files written in the project may take together. */
export const SCRATCH_BYTES = 512 * 1024 ** 2;

/** What one box is made of. */
export interface BoxPlan {
  readonly isolation: Exclude<Isolation, "none">;
  readonly yard: BoxYard;
  readonly tree: BoxTree;
  readonly contents: BoxContents;
  readonly command: Command;
  readonly limits: Limits;
  readonly group: BoxGroup | null;
}

/** The command line that builds a box, runs the command in it, and reports on descriptor 4. Writes the box's mount table. */
export async function boxArgv(plan: BoxPlan): Promise<string[]> {
  const { yard, tree, contents, command } = plan;
  const table = join(tree.home, "mounts");
  await writeFile(table, yard.mountTable(contents, tree));
  const owner = String(boxOwner?.uid ?? 0);
  const folder = join(contents.snapshot.root, command.cwd ?? ".");
  const inner = [...limitsArgv(plan.limits), ...environmentArgv(plan), ...command.argv];
  const last =
    plan.isolation === "bubblewrap" ? bubblewrap(plan, folder, inner) : namespaces(plan, folder, owner, inner);
  const mountNamespace =
    boxOwner === null ? ["unshare", "--user", "--map-root-user", "--mount"] : ["unshare", "--mount"];
  const groups = plan.group?.join ?? ["", ""];
  const script = [timingShell(), BOX_SCRIPT, ...groups, yard.stage, yard.scratch, String(SCRATCH_BYTES), owner, table];
  // The box dies with Pawl, however Pawl dies.
  return ["setpriv", "--pdeathsig", "KILL", ...mountNamespace, ...script, ...last];
}

/** bash tells the time of its children to the millisecond, a plain sh only to ten. */
export function timingShell(): string {
  return existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh";
}

function bubblewrap({ yard: { stage }, contents }: BoxPlan, folder: string, inner: readonly string[]): string[] {
  // As root: become the box's user first, so that its user namespace belongs to that user.
  const drop =
    boxOwner === null ? [] : ["setpriv", `--reuid=${boxOwner.uid}`, `--regid=${boxOwner.gid}`, "--clear-groups"];
  const identity = ["--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"];
  const tree = ["--dev-bind", stage, "/", "--proc", "/proc", "--chdir", folder, "--hostname", "pawl"];
  // The shell is process 1 of the box: it reaps orphans, so that their time is counted, and its end is the end of them all.
  const init = ["sh", "-c", 'echo ready >&4; exec 4>&-; "$@"; exit $?', "sh"];
  const network = contents.network === true ? ["--share-net"] : [];
  const bwrap = ["bwrap", "--unshare-all", ...network, ...identity, "--die-with-parent", "--as-pid-1", ...tree, "--"];
  return [...drop, ...bwrap, ...init, ...inner];
}

function namespaces(
  { yard: { stage }, contents }: BoxPlan,
  folder: string,
  owner: string,
  inner: readonly string[],
): string[] {
  const network = contents.network === true ? [] : ["--net"];
  const all = ["--mount", "--pid", ...network, "--ipc", "--uts", "--cgroup", "--propagation", "unchanged"];
  return ["unshare", ...all, "--fork", "--kill-child", "--", "sh", INIT_SCRIPT, stage, folder, owner, ...inner];
}

/** Limits of each process; see prlimit(1). Core dumps are off. */
export function limitsArgv(limits: Limits): string[] {
  return [
    "prlimit",
    `--cpu=${limits.cpuSeconds}`,
    `--data=${limits.memoryBytes}`,
    `--nproc=${limits.processes}`,
    `--nofile=${limits.openFiles}`,
    `--fsize=${limits.fileBytes}`,
    "--core=0",
    "--",
  ];
}

function environmentArgv({ yard, contents, command }: BoxPlan): string[] {
  const places = { temporary: "/tmp", home: "/tmp/home", root: "" };
  return clearedEnvironment(command, environment(yard, contents, command, places));
}

/** Names that the launcher or its shells have and the command must not get. */
const LAUNCHER_NAMES = ["LC_ALL", "PWD", "OLDPWD", "SHLVL", "_"];

/** `env` with these variables and no others. Secrets are in the launcher's own environment: whoever lists processes reads command lines. */
export function clearedEnvironment(command: Command, variables: readonly (readonly [string, string])[]): string[] {
  const secret = Object.keys(command.secrets ?? {}).length > 0;
  const clear = secret ? LAUNCHER_NAMES.flatMap((name) => ["-u", name]) : ["-i"];
  return ["env", ...clear, ...variables.map(([name, value]) => `${name}=${value}`)];
}

/** Folders of a box, as the command sees them; `root` is where the box's root is. */
interface Places {
  readonly temporary: string;
  readonly home: string;
  readonly root: string;
}

/** The box's environment: nothing of the user's own. */
export function environment(
  yard: BoxYard,
  contents: BoxContents,
  command: Command,
  { temporary, home, root }: Places,
): [string, string][] {
  const [node = "", ...path] = yard.toolchain.path;
  const own = command.ownNode === true && yard.toolchain.userNode !== null ? [root + USER_NODE_FOLDER] : [];
  const virtual = contents.snapshot.dependencies
    .map((folder) => join(folder, "bin"))
    .filter((folder) => existsSync(join(folder, "python")));
  return Object.entries({
    PATH: [...own, node, ...virtual, ...path].join(":"),
    HOME: home,
    TMPDIR: temporary,
    LANG: "C.UTF-8",
    TZ: "UTC",
    ...yard.toolchain.env,
    ...command.env,
  });
}
