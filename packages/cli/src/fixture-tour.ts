import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BROKEN_SUM, makeProject, pawl } from "./fixture-pawl.ts";

/** What one command answered with `--json`. */
export interface Answer {
  /** The command line, without `--json`. */
  readonly line: string;
  readonly exitCode: number | null;
  readonly document: unknown;
}

const FILES: Readonly<Record<string, string>> = {
  ...BROKEN_SUM,
  "size.js": "export const size = 3;\n",
  "score.js": 'import { size } from "./size.js";\n\nconsole.log(JSON.stringify({ score: -Math.abs(size - 5) }));\n',
  // A dependency of version 1, and the cache in which both its versions are already.
  ...dependency("node_modules/tiny", "1.0.0", "first"),
  ...dependency("../cache/pawl/versions/npm/tiny@1.0.0/node_modules/tiny", "1.0.0", "first"),
  ...dependency("../cache/pawl/versions/npm/tiny@2.0.0/node_modules/tiny", "2.0.0", "head"),
  "check-tiny.js":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport * as tiny from "tiny";\n\ntest("first", () => assert.equal(tiny.first([7]), 7));\n',
  "pawl.config.js": 'export default { command: "fix", budget: "200" };\n',
};

/** The line on which one command after the other is called in a small project, each with `--json`. */
const LINES: readonly (readonly string[])[] = [
  ["locate", "The sum of several values is negative"],
  ["why", "several"],
  ["fix", "--held-out", "0.5"],
  ["evolve", "size.js", "--score", "node score.js", "--held-out-score", "node score.js", "--budget", "40"],
  ["improve"],
  ["runs"],
  ["show", "fix-1"],
  ["show", "fix-1", "--bugs"],
  ["diff", "fix-1"],
  ["replay", "fix-1"],
  ["doctor", "--run", "fix-1"],
  ["doctor"],
  ["stop", "fix-1"],
  ["branch", "fix-1"],
  ["apply", "fix-1"],
  ["export", "fix-1", "--format", "kto", "--screened", "--licence", "unknown"],
  ["fix", "--apply"],
  ["resume", "fix-1"],
  ["matrix", "tiny", "--versions", "1.0.0,2.0.0", "--test", "node --test check-tiny.js"],
  ["run-fragment", "sum.js:2-4"],
  ["agent", "improve", "--children", "1", "--stages", "2", "--fresh", "2"],
  ["agent", "list"],
  ["lab", "list", "--cluster", "code-agents"],
  ["compare", "size.js", "--search", "hill-climb", "--score", "node score.js", "--budget", "3", "--seeds", "2"],
  ["reset", "--project"],
];

function dependency(folder: string, version: string, name: string): Readonly<Record<string, string>> {
  return {
    [`${folder}/package.json`]: JSON.stringify({ name: "tiny", version, type: "module", exports: "./index.js" }),
    [`${folder}/index.js`]: `export const ${name} = (list) => list[0];\n`,
  };
}

/** Calls every quick command in a project of its own. Paths of the machine are replaced by `/home/you/project`. */
export async function takeTour(): Promise<readonly Answer[]> {
  using project = makeProject(FILES);
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=you", "-c", "user.email=you@example.invalid", ...args], {
      cwd: project.root,
    });
  };
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "A sum that subtracts");
  const identity = { GIT_AUTHOR_NAME: "you", GIT_AUTHOR_EMAIL: "you@example.invalid" };
  const committer = { GIT_COMMITTER_NAME: "you", GIT_COMMITTER_EMAIL: "you@example.invalid" };
  const cache = { XDG_CACHE_HOME: join(project.root, "../cache") };
  const env = { ...project.env, ...identity, ...committer, ...cache };
  const answers: Answer[] = [];
  for (const line of LINES) {
    if (line[1] === "--apply") writeFileSync(join(project.root, "sum.js"), BROKEN_SUM["sum.js"] as string);
    const { code, stdout, stderr } = await pawl([...line, "--json"], { cwd: project.root, env });
    if (stdout === "") throw new Error(`pawl ${line.join(" ")} printed no document: ${stderr}`);
    const text = stdout.replaceAll(project.root, "/home/you/project").replaceAll(process.execPath, "/usr/bin/node");
    answers.push({ line: `pawl ${line.map(shown).join(" ")}`, exitCode: code, document: JSON.parse(text) });
  }
  return answers;
}

function shown(word: string): string {
  return word.includes(" ") ? `"${word}"` : word;
}
