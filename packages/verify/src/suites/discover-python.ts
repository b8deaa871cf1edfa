import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MachineError } from "@pawl/core";

const CONFIGURED: readonly (readonly [file: string, section: RegExp])[] = [
  ["pytest.ini", /^/],
  [".pytest.ini", /^/],
  ["pyproject.toml", /^\[tool\.pytest\b/m],
  ["setup.cfg", /^\[tool:pytest\]/m],
  ["tox.ini", /^\[pytest\]/m],
  ["conftest.py", /^/],
];
const TEST_FILE = /^(test_.*|.*_test)\.py$/;
const SKIPPED = /^(\.|node_modules$|venv$|env$|__pycache__$|build$|dist$|site-packages$)/;
const DEPTH = 5;

/** The line that runs a Python project's tests and why, or null when it has none. */
export function discoverPython(root: string): [line: string, source: string] | null {
  const configured = CONFIGURED.find(
    ([file, section]) => existsSync(join(root, file)) && section.test(readFileSync(join(root, file), "utf8")),
  );
  const testFile = configured === undefined ? findTestFile(root, DEPTH) : null;
  if (configured === undefined && testFile === null) return null;
  const source = configured?.[0] ?? (testFile as string);
  const own = [".venv/bin/python", "venv/bin/python"].find((path) => existsSync(join(root, path)));
  const python = own ?? "python3";
  if (hasPytest(own === undefined ? python : join(root, own))) return [`${python} -m pytest`, source];
  if (
    configured !== undefined &&
    configured[0] !== "conftest.py" &&
    findTestFile(root, DEPTH) !== null &&
    /pytest/.test(readFileSync(join(root, configured[0]), "utf8"))
  ) {
    throw new MachineError({
      what: "The project is configured for pytest, which this Python does not have.",
      where: source,
      todo: `Install it (${python} -m pip install pytest), or name another command with --test.`,
    });
  }
  return [`${python} -m unittest discover`, `${source}, pytest is not installed`];
}

/** Only finds it: importing it takes seconds on a busy machine. */
const FIND_PYTEST = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pytest') is None)";
const FIND_MS = 120_000;

/** True when the interpreter has pytest. Asked outside of the project, so that nothing of the project runs. */
export function hasPytest(python = "python3"): boolean {
  try {
    execFileSync(python, ["-c", FIND_PYTEST], { cwd: tmpdir(), stdio: "ignore", timeout: FIND_MS });
    return true;
  } catch {
    return false;
  }
}

function findTestFile(folder: string, depth: number): string | null {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const file = entries.find((entry) => entry.isFile() && TEST_FILE.test(entry.name));
  if (file !== undefined) return file.name;
  if (depth === 0) return null;
  for (const entry of entries) {
    if (!entry.isDirectory() || SKIPPED.test(entry.name)) continue;
    const inside = findTestFile(join(folder, entry.name), depth - 1);
    if (inside !== null) return `${entry.name}/${inside}`;
  }
  return null;
}
