import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { isInside } from "./snapshot.ts";

/** What boxes show of the interpreters installed on this machine. */
export interface Toolchain {
  /** Absolute host paths outside the system folders, shown read-only. */
  readonly shown: readonly string[];
  /** Folders for the box's PATH, node's first. */
  readonly path: readonly string[];
  /** The node on the user's PATH, for the user's own commands; null when it is Pawl's own, or too old for what Pawl adds to them. */
  readonly userNode: string | null;
  readonly env: Readonly<Record<string, string>>;
}

/** From here on a reporter of node:test can be named in NODE_OPTIONS. */
const OLDEST_USER_NODE = 20;

/** Folders every box shows, read-only; those that are links (merged /usr) stay links. */
export const SYSTEM_FOLDERS = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store"];

const ASK_PYTHON =
  "import json,site,sys;print(json.dumps([sys.executable,sys.prefix,sys.base_prefix,site.getuserbase() if site.ENABLE_USER_SITE else None,site.getusersitepackages()]))";

/** Finds the node that runs Pawl, the npm and the python3 on the PATH, and what they need to run. Costs one start of python3. */
export async function findToolchain(): Promise<Toolchain> {
  const shown: string[] = [];
  const path: string[] = [];
  const env: Record<string, string> = {};

  const node = realpathSync(process.execPath);
  const nodePrefix = dirname(dirname(node));
  const isPrefix = ["include/node", "lib/node_modules", "package.json"].some((name) =>
    existsSync(join(nodePrefix, name)),
  );
  shown.push(isPrefix && !holdsHome(nodePrefix) ? nodePrefix : node);
  path.push(dirname(node));

  const userNode = findUserNode(node);
  if (userNode !== null && !holdsHome(userNode.prefix)) shown.push(userNode.prefix);

  const npm = findOnPath("npm");
  if (
    npm !== null &&
    existsSync(join(dirname(dirname(npm)), "lib/node_modules/npm")) &&
    !holdsHome(dirname(dirname(npm)))
  ) {
    shown.push(dirname(dirname(npm)));
    path.push(dirname(npm));
  }

  const python = await askPython();
  if (python !== null) {
    const [executable, prefix, basePrefix, userBase, userSite] = python;
    shown.push(...[prefix, basePrefix].filter((folder) => !holdsHome(folder)));
    path.push(dirname(executable));
    if (userBase !== null && existsSync(userSite)) {
      shown.push(userSite);
      env["PYTHONUSERBASE"] = userBase;
    }
  }

  const systemPath = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];
  return {
    shown: unique(shown).filter((folder) => !isSystem(folder)),
    userNode: userNode?.path ?? null,
    path: unique([...path.filter((folder, index) => index === 0 || !isSystem(folder)), ...systemPath]),
    env,
  };
}

/** Where the user's own node is, when it is another than this one. */
function findUserNode(own: string): { readonly path: string; readonly prefix: string } | null {
  const found = findOnPath("node");
  if (found === null || realpathSync(found) === own) return null;
  try {
    const version = execFileSync(found, ["--version"], { encoding: "utf8", timeout: 10_000 });
    if (Number.parseInt(version.slice(1), 10) < OLDEST_USER_NODE) return null;
  } catch {
    return null; // a shim without a version, or something else of that name
  }
  const path = realpathSync(found);
  return { path, prefix: dirname(dirname(path)) };
}

/** The interpreter a virtual environment was made from, which must be visible for it to work; null for other folders. */
export function virtualEnvironmentHome(folder: string): string | null {
  const config = join(folder, "pyvenv.cfg");
  if (!existsSync(config)) return null;
  const home = /^home\s*=\s*(.+)$/m.exec(readFileSync(config, "utf8"))?.[1]?.trim();
  if (home === undefined || !existsSync(home)) return null;
  const prefix = dirname(realpathSync(home));
  return isSystem(prefix) || holdsHome(prefix) ? null : prefix;
}

/** First place of a program on a search path, by default the user's own. */
export function findOnPath(name: string, path: string = process.env["PATH"] ?? ""): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    if (folder.startsWith("/") && existsSync(candidate)) return candidate;
  }
  return null;
}

type PythonAnswer = [executable: string, prefix: string, basePrefix: string, userBase: string | null, userSite: string];

async function askPython(): Promise<PythonAnswer | null> {
  try {
    const { stdout } = await promisify(execFile)("python3", ["-c", ASK_PYTHON], { timeout: 10_000 });
    return JSON.parse(stdout) as PythonAnswer;
  } catch {
    return null; // no python3 here: boxes do without
  }
}

/** Showing such a folder would show the user's files. */
function holdsHome(folder: string): boolean {
  return isInside(folder, homedir());
}

function isSystem(folder: string): boolean {
  return SYSTEM_FOLDERS.some((system) => isInside(system, folder));
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
