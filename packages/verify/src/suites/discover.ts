import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "@pawl/core";
import type { Command } from "../process.ts";
import { expandScripts } from "./package-scripts.ts";
import { discoverPython } from "./discover-python.ts";
import { recognizeRunner } from "./recognize.ts";
import type { RunnerId } from "./types.ts";

/** How a project is tested. */
export interface Discovery {
  /** Absolute folder of the package the tests belong to: the one to take a snapshot of. */
  readonly root: string;
  readonly runner: RunnerId;
  readonly command: Command;
  /** The command as a person would type it. */
  readonly line: string;
  /** Where the command comes from, for people: `package.json scripts.test`, `--test`, … */
  readonly source: string;
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
  const root = packageRoot(resolve(start));
  const usesNodeTest = (path: string) => /["']node:test["']/.test(read(join(root, path)) ?? "");
  const found = (line: string, source: string): Discovery => ({
    root,
    runner: recognizeRunner(line, usesNodeTest).runner,
    command: shellCommand(line),
    line,
    source,
  });
  const manifest = readManifest(root);
  if (testCommand !== undefined) return found(expandScripts(testCommand, manifest?.scripts ?? {}), "--test");
  const script = manifest?.scripts?.["test"];
  if (script !== undefined && !NO_TEST_YET.test(script)) {
    return found(expandScripts("npm test", manifest?.scripts ?? {}), "package.json scripts.test");
  }
  const javascript = manifest === null ? null : discoverByTools(root, manifest);
  if (javascript !== null) return found(...javascript);
  const python = discoverPython(root);
  if (python !== null) return found(...python);
  throw new UsageError({
    what: "No test command was found: no scripts.test in package.json, no configuration or dependency of vitest, jest or mocha, no pytest configuration, and no Python test files.",
    where: root,
    todo: 'Say how the tests are run: --test "npm run check", --test "pytest tests".',
  });
}

/** Nearest folder from `start` upwards that is a package of its own; `start` when there is none up to the root of the repository. */
export function packageRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (PACKAGE_FILES.some((name) => existsSync(join(folder, name)))) return folder;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return start;
  }
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(root: string): Manifest | null {
  const text = read(join(root, "package.json"));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Manifest;
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
function discoverByTools(root: string, manifest: Manifest): [line: string, source: string] | null {
  for (const { name, line, configs } of TOOLS) {
    const config = configs.find((file) => existsSync(join(root, file)));
    if (config !== undefined) return [line, config];
    if (manifest.devDependencies?.[name] !== undefined || manifest.dependencies?.[name] !== undefined)
      return [line, `package.json depends on ${name}`];
  }
  return null;
}

/** A shell line as a command; binaries of the package's own dependencies are found as npm scripts find them. */
export function shellCommand(line: string): Command {
  return { argv: ["sh", "-c", `export PATH="$PWD/node_modules/.bin:$PATH"; ${line}`] };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
