import assert from "node:assert/strict";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { WORLDS } from "@pawl/lab";
import { COMMANDS } from "./command-table.ts";
import { makeProject, pawl } from "./fixture-pawl.ts";
import { hasSandbox } from "./fixture-refused.ts";

const FILES = {
  "package.json": '{ "type": "module" }\n',
  "size.js": "export const size = 3;\n",
  "score.js": 'import { size } from "./size.js";\n\nconsole.log(Math.abs(size - 5));\n',
};

test("the worlds that help offers are those there are", () => {
  const on = COMMANDS.find(({ name }) => name === "compare")?.options.find(({ flags }) => flags.startsWith("--on"));
  assert.deepEqual(on?.complete, WORLDS);
});

test("mistakes are said before anything is run", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const cases: readonly (readonly [readonly string[], RegExp, RegExp])[] = [
    [["--on", "code-repiar"], /there is no world 'code-repiar'/, /Did you mean code-repair/],
    [["--on", "code-repair", "--search", "climb"], /there is no search 'climb'/, /hill-climb/],
    [["--on", "code-repair", "--search", "beam,beam"], /'beam' is named twice/, /once/],
    [["--on", "code-repair", "--proposer", "cma-es"], /no proposer of the world/, /syntax-uniform/],
    [["--on", "code-repair", "size.js"], /a world has tasks of its own/, /Leave out the files, or --on/],
    [["--on", "code-repair", "--score", "node score.js"], /--score belongs to a score of one's own/, /--help/],
    [["--on", "code-repair", "--minimize"], /--minimize belongs to a score of one's own/, /--help/],
    [["--on", "code-repair", "--objective", "bins"], /--objective belongs to a score/, /--help/],
    [["--on", "code-repair", "--held-out-score", "x"], /--held-out-score belongs to a score/, /--help/],
    [["--on", "code-repair", "--test", "x"], /--test belongs to tests of one's own/, /--help/],
    [["--on", "code-repair", "--held-out", "0.2"], /--held-out belongs to tests/, /--help/],
    [["size.js", "--score", "node score.js", "--test", "x"], /--test belongs to tests/, /--help/],
    [["size.js", "--score", "node score.js", "--held-out", "0.2"], /--held-out belongs to tests/, /--help/],
    [["size.js", "--score", "node score.js", "--tasks", "1"], /--tasks belongs to a world/, /--help/],
    [["--minimize"], /--minimize belongs to a score/, /--help/],
    [["--objective", "bins"], /--objective belongs to a score/, /--help/],
    [["--held-out-score", "x"], /--held-out-score belongs to a score/, /--help/],
    [["--tasks", "1"], /--tasks belongs to a world/, /--help/],
    [["--on", "code-repair", "--isolation", "none", "--budget", "1"], /no protection/, /--unsafe-no-sandbox/],
    [["--on", "code-repair", "--budget", "5m"], /a budget in evaluations/, /--budget 100/],
    [["--on", "code-repair", "--seeds", "0"], /cannot read '0'/, /at least 1/],
    [["--score", "node score.js"], /no file to change was named/, /Name the files/],
    [["none.js", "--score", "node score.js"], /the file cannot be read/, /existing/],
  ];
  using project = makeProject(FILES);
  for (const [args, what, todo] of cases) {
    const { code, stderr } = await pawl(["compare", ...args], { cwd: project.root, env: project.env });
    assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, what);
    assert.match(stderr, todo);
  }
});

test("one's own score: measured once, then reported from the record, with a picture", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(FILES);
  const options = { cwd: project.root, env: project.env };
  const line = ["compare", "size.js", "--score", "node score.js", "--minimize", "--search", "hill-climb"];
  // The picture, which lies in the project then, does not make it another project.
  const rest = ["--budget", "2", "--seeds", "1", "--svg", "out/curves.svg"];
  const nothing = await pawl([...line, ...rest, "--report"], options);
  assert.equal(nothing.code, 1, nothing.stderr);
  assert.match(nothing.stdout, /Nothing to report/);
  const measured = await pawl([...line, ...rest], options);
  assert.equal(measured.code, 0, measured.stderr);
  assert.match(measured.stderr, /2 of 2 runs to measure/);
  assert.match(measured.stdout, /hill-climb, again/);
  assert.match(readFileSync(join(project.root, "out/curves.svg"), "utf8"), /^<svg /);
  assert.ok(existsSync(join(project.root, ".pawl/compare/own-score.jsonl")));
  const again = await pawl([...line, ...rest, "--json"], options);
  assert.match(again.stderr, /0 of 2 runs to measure/);
  const report = JSON.parse(again.stdout) as { arms: { reached: { mean: number } }[]; pairs: unknown };
  assert.deepEqual(report.pairs, { measured: 1, wanted: 1 });
  assert.ok((report.arms[0]?.reached.mean ?? 1) <= 0);
  assert.equal(readFileSync(join(project.root, "size.js"), "utf8"), FILES["size.js"]);
});

test("what is measured is recorded in this project, whatever lies in folders above", async () => {
  using project = makeProject({ ...FILES, "../.pawl/.gitignore": "*\n", "deeper/size.js": "" });
  const recorded = async (folder: string): Promise<string> => {
    const args = ["compare", "size.js", "--score", "node score.js", "--report", "--json"];
    const { stdout } = await pawl(args, { cwd: join(project.root, folder), env: project.env });
    return (JSON.parse(stdout) as { runs: string }).runs;
  };
  const file = join(realpathSync(project.root), ".pawl/compare/own-score.jsonl");
  assert.deepEqual([await recorded("."), await recorded("deeper")], [file, file]);
});
