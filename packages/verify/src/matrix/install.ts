import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { installNpm, resolveNpm } from "./install-npm.ts";
import { installPython, pythonTag, resolvePython } from "./install-python.ts";
import type { InstallerCall } from "./installer.ts";
import { compareVersions, isExact, type Ecosystem, type InstalledVersion } from "./version.ts";

export interface InstallOptions {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Exact versions or ranges, as the person wrote them. */
  readonly versions: readonly string[];
  /** True when every version is a release: some are written like ranges (`1.9`). */
  readonly exact?: boolean;
  /** Absolute root of the project: its configuration of npm counts. */
  readonly root: string;
  /** Interpreter that the project's tests run in; absolute, or a name on the PATH. */
  readonly python: string;
  /** Where versions are kept between runs; default `versionCache()`. */
  readonly cache?: string;
  readonly onInstall?: (what: string) => void;
  readonly signal?: AbortSignal;
}

/** Folder in which installed versions are kept. */
export function versionCache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "pawl", "versions");
}

/**
 * Installs every version that is not in the cache yet, without running install scripts (npm). The only part of a matrix that uses the network.
 * Returns them oldest first, each once.
 * @throws UsageError for a version that does not exist, MachineError when the installer or the network is missing
 */
export async function installVersions(options: InstallOptions): Promise<readonly InstalledVersion[]> {
  const { ecosystem, name, root, python, signal } = options;
  const call: InstallerCall = { root, python, ...(signal === undefined ? {} : { signal }) };
  const kind = ecosystem === "npm" ? "npm" : await pythonTag(call);
  const shelf = join(options.cache ?? versionCache(), kind);
  const resolve = ecosystem === "npm" ? resolveNpm : resolvePython;
  const exact: string[] = [];
  for (const word of options.versions)
    exact.push(options.exact === true || isExact(word) ? word : await resolve(name, word, call));
  const installed: InstalledVersion[] = [];
  for (const version of [...new Set(exact)].sort(compareVersions)) {
    const home = join(shelf, `${name.replaceAll("/", "+")}@${version}`);
    if (!existsSync(home)) {
      options.onInstall?.(`${name}@${version}`);
      await build(home, (folder) => (ecosystem === "npm" ? installNpm : installPython)(name, version, folder, call));
    }
    installed.push({ name, version, ecosystem, folder: ecosystem === "npm" ? join(home, "node_modules", name) : home });
  }
  return installed;
}

/** A folder is either whole or not there, also when two Pawls install the same or one of them is killed. */
async function build(home: string, install: (folder: string) => Promise<void>): Promise<void> {
  const fresh = `${home}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    await install(fresh);
    await rename(fresh, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Absolute path of the interpreter a project's tests run in: that of its own virtual environment, else python3 on the PATH. */
export function projectPython(root: string): string {
  const own = [".venv", "venv"].map((name) => join(root, name, "bin", "python")).find((path) => existsSync(path));
  return own ?? "python3";
}
