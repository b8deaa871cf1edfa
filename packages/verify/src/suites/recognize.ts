import { join } from "node:path";
import { parseShellLine, unwrap } from "./shell-line.ts";
import type { RunnerId } from "./types.ts";

/** What a shell line starts: the first test runner in it. */
export interface Recognized {
  readonly runner: RunnerId;
  /** The runner's own words: program first, wrappers removed. */
  readonly words: readonly string[];
  /** Variables set in front of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it is started: the folders that `cd` went to before it, "." when there are none. */
  readonly folder: string;
}

const BY_PROGRAM: Readonly<Record<string, RunnerId>> = {
  vitest: "vitest",
  jest: "jest",
  mocha: "mocha",
  _mocha: "mocha",
  pytest: "pytest",
  "py.test": "pytest",
};

/**
 * Recognises the test runner of a shell line; `exit-code` when there is none it knows.
 * `usesNodeTest(path)` says whether a script started by `node path` imports node:test.
 */
export function recognizeRunner(line: string, usesNodeTest: (path: string) => boolean = () => false): Recognized {
  const exported: Record<string, string> = {};
  let folder = ".";
  for (const command of parseShellLine(line)) {
    if (command.words[0] === "export") {
      const [assignments] = parseShellLine(
        command.words
          .slice(1)
          .map((word) => `'${word}'`)
          .join(" "),
      );
      Object.assign(exported, assignments?.env);
    }
    if (command.words[0] === "cd") folder = join(folder, command.words[1] ?? ".");
    const { words, env } = unwrap(command);
    const runner = runnerOf(words, usesNodeTest);
    if (runner !== null) return { runner, words, env: constant({ ...exported, ...env }), folder };
  }
  return { runner: "exit-code", words: [], env: {}, folder: "." };
}

/** Without the values that only a shell can expand. */
function constant(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => !/[$`]/.test(value)));
}

function runnerOf(words: readonly string[], usesNodeTest: (path: string) => boolean): RunnerId | null {
  const program = baseName(words[0] ?? "");
  const known = BY_PROGRAM[program];
  if (known !== undefined) return known;
  if (/^python[\d.]*$/.test(program)) {
    const at = words.indexOf("-m");
    if (at === -1) return null;
    if (/^py\.?test$/.test(words[at + 1] ?? "")) return "pytest";
    // With these switches Python loads nothing of what is added for the report.
    const closed = words.slice(1, at).some((word) => /^-[a-zA-Z]*[IES]/.test(word));
    return words[at + 1] === "unittest" && !closed ? "unittest" : null;
  }
  if (program !== "node" && program !== "tsx") return null;
  if (words.includes("--test")) return "node:test";
  const script = words.slice(1).find((word) => !word.startsWith("-"));
  if (script === undefined) return null;
  const viaNode = /node_modules\/(?:\.bin\/)?(vitest|jest|mocha)\b/.exec(script)?.[1];
  if (viaNode !== undefined) return BY_PROGRAM[viaNode] ?? null;
  return usesNodeTest(script) ? "node:test" : null;
}

function baseName(program: string): string {
  return program.replace(/^.*[\\/]/, "").replace(/\.(cmd|exe)$/, "");
}
