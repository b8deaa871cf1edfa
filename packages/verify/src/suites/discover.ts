import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "@pawl/core";
import type { Command } from "../process.ts";
import { expandScripts } from "./package-scripts.ts";
import { discoverPython } from "./discover-python.ts";
import { withoutOtherChecks } from "./other-checks.ts";
import { recognizeRunner } from "./recognize.ts";
import { parseShellLine } from "./shell-line.ts";
import type { RunnerId } from "./types.ts";
import { runsInMembers, workspaceMembers, workspaceRoot, type PackageManifest } from "./workspaces.ts";

/** How a project is tested. */
export interface Discovery {
  /** Absolute folder to take a snapshot of: the package the tests belong to, or the workspace that the package is a member of. */
  readonly root: string;
  /** Folder of the package below `root`; "." when they are the same. */
  readonly folder: string;
  readonly runner: RunnerId;
  readonly command: Command;
  /** The command as a person would type it. */
  readonly line: string;
  /** Where the command comes from, for people: `package.json scripts.test`, `--test`, … */
  readonly source: string;
  /** Linters and audits of the project's own command that are not run. */
  readonly leftOut: readonly string[];
}

const PACKAGE_FILES = ["package.json", "pyproject.toml", "pytest.ini", "setup.cfg", "setup.py", "tox.ini"];
/** What `npm init` writes. */
const NO_TEST_YET = /no test specified/;

/**
 * Finds the test command of the package that `start` (a folder) lies in: the nearest folder upwards with a package file.
 * `testCommand` (from `--test`) wins over everything found.
 * @throws UsageError when nothing is found
 */
export function discoverTests(start: string, testCommand?: string): Discovery {
  const home = packageRoot(resolve(start));
  const root = workspaceRoot(home);
  const folder = relative(root, home).replaceAll("\\", "/") || ".";
  const found = ({ line, source, leftOut = [] }: Found): Discovery => {
    const inFolder = folder === "." ? line : `cd ${quoted(folder)} && ${line}`;
    const usesNodeTest = (path: string) => /["']node:test["']/.test(read(join(home, path)) ?? "");
    const { runner } = recognizeRunner(inFolder, usesNodeTest);
    return { root, folder, runner, command: shellCommand(inFolder), line, source, leftOut };
  };
  const manifest = readManifest(home);
  if (testCommand !== undefined)
    return found({ line: expandScripts(testCommand, manifest?.scripts ?? {}), source: "--test" });
  const javascript = manifest === null ? null : discoverJavascript(home, manifest);
  if (javascript !== null) return found(javascript);
  const python = discoverPython(home);
  if (python !== null) return found({ line: python[0], source: python[1] });
  throw new UsageError({
    what: "No test command was found: no scripts.test in package.json, no configuration or dependency of vitest, jest or mocha, no pytest configuration, and no Python test files.",
    where: home,
    todo: 'Say how the tests are run: --test "npm run check", --test "pytest tests".',
  });
}

interface Found {
  readonly line: string;
  readonly source: string;
  readonly leftOut?: readonly string[];
}

function discoverJavascript(home: string, manifest: PackageManifest): Found | null {
  const script = manifest.scripts?.["test"];
  if (script === undefined || NO_TEST_YET.test(script)) return discoverByTools(home, manifest) ?? testsOfMembers(home);
  const { line, left } = withoutOtherChecks(expandScripts("npm test", manifest.scripts ?? {}));
  const commands = parseShellLine(line);
  const members = commands.length === 1 && commands.every(runsInMembers) ? testsOfMembers(home) : null;
  return members ?? { line, source: "package.json scripts.test", leftOut: left };
}

/** The tests of all members of a workspace, one after the other, failures or not; null where no member has any. */
function testsOfMembers(root: string): Found | null {
  const leftOut: string[] = [];
  const parts = workspaceMembers(root).flatMap((folder) => {
    const manifest = readManifest(join(root, folder));
    const found = manifest === null ? null : discoverJavascript(join(root, folder), manifest);
    if (found === null) return [];
    leftOut.push(...(found.leftOut ?? []));
    return [`(cd ${quoted(folder)} && ${found.line})`];
  });
  if (parts.length === 0) return null;
  const line =
    parts.length === 1
      ? (parts[0] as string)
      : `${parts.map((part) => `${part} || failed=1`).join("; ")}; exit $failed`;
  return { line, source: "the members of the workspace", leftOut };
}

/** Nearest folder from `start` upwards that is a package of its own; `start` when there is none up to the root of the repository. */
export function packageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (PACKAGE_FILES.some((name) => existsSync(join(folder, name)))) return folder;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return start;
  }
}

function readManifest(root: string): PackageManifest | null {
  const text = read(join(root, "package.json"));
  if (text === null) return null;
  try {
    return JSON.parse(text) as PackageManifest;
  } catch (cause) {
    throw new UsageError({
      what: "package.json is not valid JSON.",
      where: join(root, "package.json"),
      todo: "Repair it.",
      cause,
    });
  }
}

const TOOLS = [
  {
    name: "vitest",
    line: "vitest run",
    configs: ["vitest.config.ts", "vitest.config.mts", "vitest.config.js", "vitest.config.mjs"],
  },
  {
    name: "jest",
    line: "jest",
    configs: ["jest.config.js", "jest.config.ts", "jest.config.mjs", "jest.config.cjs", "jest.config.json"],
  },
  {
    name: "mocha",
    line: "mocha",
    configs: [".mocharc.json", ".mocharc.js", ".mocharc.cjs", ".mocharc.mjs", ".mocharc.yml", ".mocharc.yaml"],
  },
] as const;

/** A runner that is configured, or a dependency, though no script starts it. */
function discoverByTools(root: string, manifest: PackageManifest): Found | null {
  for (const { name, line, configs } of TOOLS) {
    const config = configs.find((file) => existsSync(join(root, file)));
    if (config !== undefined) return { line, source: config };
    if (manifest.devDependencies?.[name] !== undefined || manifest.dependencies?.[name] !== undefined)
      return { line, source: `package.json depends on ${name}` };
  }
  return null;
}

/** Binaries of the dependencies of the folder and of the workspace around it, as npm scripts find them. */
const PREFIX = 'export PATH="$PWD/node_modules/.bin:$PATH"; ';

/** A shell line of the user's as a command. */
export function shellCommand(line: string): Command {
  const inside = line.replace(/(^|\()cd \S+ && /g, `$&${PREFIX.replaceAll("$", "$$$$")}`);
  return { argv: ["sh", "-c", PREFIX + inside], ownNode: true };
}

/** The line of a shell command as the person knows it. */
export function shownLine(command: Command): string {
  return (command.argv.at(-1) ?? "").replaceAll(PREFIX, "");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
