import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const LAUNCHER = fileURLToPath(new URL("../bin/pawl.cjs", import.meta.url));
const HANGING_MS = 120_000;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PawlOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs the launcher. */
  readonly node?: string;
  /** Milliseconds after which a run counts as hanging. */
  readonly timeout?: number;
  /** Called with the process and everything it has said on stderr so far. */
  readonly onStderr?: (child: ChildProcess, said: string) => void;
}

/** Runs the real command through its launcher. A run that hangs is killed and has no exit code. */
export function pawl(args: readonly string[], options: PawlOptions = {}): Promise<Outcome> {
  return start([options.node ?? process.execPath, LAUNCHER, ...args], options);
}

/** Runs a program to its end. */
export function start([program, ...args]: readonly string[], options: PawlOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program as string, args, {
      cwd: options.cwd ?? tmpdir(),
      env: { ...process.env, NO_COLOR: "1", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeout ?? HANGING_MS,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onStderr?.(child, stderr);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder with these files, gone at the end of the block; experience learned there stays there. */
export function makeProject(files: Readonly<Record<string, string>>): Disposable & {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const folder = mkdtempSync(join(tmpdir(), "pawl-cli-"));
  const root = join(folder, "project");
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    root,
    env: { XDG_CONFIG_HOME: join(folder, "config") },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A project with one wrong operator and three tests, two of which fail. */
export const BROKEN_SUM: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "sum", "type": "module", "scripts": { "test": "node --test" } }\n',
  "sum.js":
    "export function sum(values) {\n  let total = 0;\n  for (const value of values) total -= value;\n  return total;\n}\n",
  "sum.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "./sum.js";

test("nothing", () => assert.equal(Math.abs(sum([])), 0));
test("one", () => assert.equal(sum([7]), 7));
test("several", () => assert.equal(sum([1, 2, 3]), 6));
`,
};

/** A project with five failing tests, one of which is held out: what is made to fit the four others does not stand the end of a run. */
export const DOUBLES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "double", "type": "module", "scripts": { "test": "node --test" } }\n',
  "double.js": "export function double(n) {\n  return n;\n}\n",
  "double.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { double } from "./double.js";

for (const n of [0, 1, 2, 3, 4, 5]) test(\`double of \${n}\`, () => assert.equal(double(n), 2 * n));
`,
};
