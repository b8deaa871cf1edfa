/**
 * Runs the tests of the repository: `npm test`, `npm test -- core` (only files whose path contains "core"),
 * `npm test -- verify --test-name-pattern=timeout` (arguments with a dash go to `node --test`). With `--no-skips` a skipped test is a failure.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { NO_SKIPS } from "./test-reporter.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const isOption = (word: string): boolean => word.startsWith("-");
const noSkips = process.argv.includes("--no-skips");
const options = process.argv.slice(2).filter((word) => isOption(word) && word !== "--no-skips");
const wanted = process.argv.slice(2).filter((word) => !isOption(word));

const files = globSync(["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"], { cwd: root })
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`No test file's path contains ${wanted.map((part) => `"${part}"`).join(" or ")}.`);
  process.exit(2);
}

/** Modules are compiled once for all test files, and for all commands that tests run. */
const COMPILED = fileURLToPath(new URL("../node_modules/.cache/compiled", import.meta.url));
/** The slow tests keep a machine busy by themselves; the others wait much of their time. */
const SLOW = process.env["PAWL_SLOW"] === "1";
const reporter = new URL("test-reporter.ts", import.meta.url).href;
const child = spawn(
  process.execPath,
  [
    "--test",
    `--test-concurrency=${SLOW ? 2 : 3}`,
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
    ...options,
    ...files,
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...(noSkips ? { [NO_SKIPS]: "1" } : {}) },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
});
