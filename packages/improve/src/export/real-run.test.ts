import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { applyPatch } from "diff";
import { evolve } from "../evolve.ts";
import { fix } from "../fix.ts";
import { exportRuns, type ExportReport } from "./export.ts";
import { readRows } from "./fixture-runs.ts";
import { EXPORT_FORMATS, type Message, type Row } from "./rows.ts";

const FILES = {
  "package.json": '{"license":"MIT","type":"module","scripts":{"test":"node --test"}}',
  "larger.js": "export const larger = (a, b) => (a < b ? a : b);\n",
  "larger.test.js": `import { test } from "node:test";
import assert from "node:assert";
import { larger } from "./larger.js";
test("left", () => assert.equal(larger(2, 1), 2));
test("right", () => assert.equal(larger(1, 2), 2));
test("negative", () => assert.equal(larger(-1, -2), -1));
test("equal", () => assert.equal(larger(3, 3), 3));
`,
  "size.js": "export const size = 3;\n",
  "score.js": 'import { size } from "./size.js";\nconsole.log(-Math.abs(size - 5));\n',
};

let folder = "";
const state = (): string => join(folder, "state");

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "pawl-export-"));
  process.env["XDG_CONFIG_HOME"] = join(folder, "config");
  const root = join(folder, "project");
  mkdirSync(root);
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
  const common = { root, state: state(), unsafe: true };
  assert.equal((await fix({ ...common, paths: [join(root, "larger.js")] })).status, "fixed");
  const score = { files: ["size.js"], score: "node score.js", budget: { evaluations: 40 }, baselines: false };
  assert.equal((await evolve({ ...common, ...score })).status, "improved");
});

after(() => rmSync(folder, { recursive: true, force: true }));

function exported(format: (typeof EXPORT_FORMATS)[number], shape: "conversational" | "standard"): ExportReport {
  return exportRuns({ state: state(), format, shape, screened: true, out: join(folder, `${format}-${shape}`) });
}

/** The project of a row's prompt with the patch of a completion: code as a trainer or a reward function would put it together again. */
function rebuilt(prompt: string, completion: string): string {
  const project = mkdtempSync(join(folder, "rebuilt-"));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(project, path), text);
  const shown = [...prompt.matchAll(/File `([^`]+)`:\n\n```\w*\n([^]*?)```/g)];
  assert.ok(shown.length > 0, prompt);
  const patch = /^```diff\n([^]*)```$/.exec(completion)?.[1] ?? "";
  for (const [, path = "", text = ""] of shown) {
    if (!patch.includes(`+++ b/${path}\n`)) continue;
    const result = applyPatch(text, patch);
    assert.notEqual(result, false, patch);
    writeFileSync(join(project, path), result as string);
  }
  return project;
}

function outcome(prompt: string, completion: string): number {
  const project = rebuilt(prompt, completion);
  // A runner that finds itself within another one reports to that one, and ends with 0.
  const { NODE_TEST_CONTEXT: _inner, ...env } = process.env;
  const options = { cwd: project, env, encoding: "utf8" } as const;
  if (prompt.includes("Some tests")) return Number(spawnSync(process.execPath, ["--test"], options).status === 0);
  const run = spawnSync(process.execPath, ["score.js"], options);
  return run.status === 0 ? Number(run.stdout) + 0 : Number.NEGATIVE_INFINITY; // -0 is 0
}

const textOf = (value: unknown): string => (value as readonly Message[])[0]?.content ?? "";

test("what a trainer reads is true: the chosen patches do what was asked, the rejected do not", () => {
  const pairs = readRows(exported("dpo", "conversational"));
  for (const command of ["fix", "evolve"]) {
    const some = pairs.filter((row) => row.pawl.run.startsWith(command)).slice(0, 1);
    assert.ok(some.length > 0, command);
    for (const row of some) {
      const [prompt, chosen, rejected] = [row["prompt"], row["chosen"], row["rejected"]].map(textOf) as [
        string,
        string,
        string,
      ];
      assert.ok(outcome(prompt, chosen) > outcome(prompt, rejected), `${prompt}\n${chosen}\n${rejected}`);
    }
  }
  for (const row of readRows(exported("sft", "conversational"))) {
    const [asked, answered] = row["messages"] as readonly [Message, Message];
    assert.equal(outcome(asked.content, answered.content), row.pawl.run.startsWith("fix") ? 1 : 0);
  }
});

test("the rewards of a group are what judging again gives", () => {
  const groups = readRows(exported("grpo", "conversational"));
  assert.equal(groups.length, 2);
  for (const row of groups) {
    const completions = row["completions"] as readonly string[];
    const rewards = row["rewards"] as readonly number[];
    const isFix = row.pawl.run.startsWith("fix");
    for (const [i, completion] of completions.slice(0, 3).entries()) {
      const now = outcome(textOf(row["prompt"]), completion);
      if (isFix) assert.equal(now, rewards[i], completion);
      else if (now !== Number.NEGATIVE_INFINITY) assert.equal(now + 2, rewards[i], completion);
    }
  }
});

test("every row is as schema.json says, and survives being written down", () => {
  const ajv = new Ajv2020({ strict: true });
  for (const format of EXPORT_FORMATS) {
    for (const shape of ["conversational", "standard"] as const) {
      if (format === "corrections" && shape === "standard") {
        assert.throws(() => exported(format, shape), /several turns/);
        continue;
      }
      const report = exported(format, shape);
      const schema = JSON.parse(readFileSync(join(report.out, "schema.json"), "utf8")) as object;
      const validate = ajv.compile(schema);
      const rows = readRows(report);
      assert.equal(rows.length, report.rows);
      assert.ok(rows.length > 0, format);
      for (const row of rows) assert.ok(validate(row), `${format} ${shape}: ${ajv.errorsText(validate.errors)}`);
      // The schema is able to say no.
      const { pawl: _pawl, ...bare } = rows[0] as Row;
      for (const wrong of [bare, { ...rows[0], further: 1 }, { ...rows[0], prompt: [], messages: [] }])
        assert.ok(!validate(wrong), format);
    }
  }
});

test("`datasets` reads every format as it was written", (t) => {
  const python = process.env["PAWL_DATASETS_PYTHON"] ?? "python3";
  const modules = spawnSync(python, ["-c", "import datasets, jsonschema"], { stdio: "ignore" });
  if (modules.status !== 0) return t.skip("the Python packages datasets and jsonschema are not installed");
  const folders = EXPORT_FORMATS.flatMap((format) =>
    (["conversational", "standard"] as const)
      .filter((shape) => format !== "corrections" || shape === "conversational")
      .map((shape) => exported(format, shape).out),
  );
  const script = fileURLToPath(new URL("check_export.py", import.meta.url));
  const lines = execFileSync(python, [script, ...folders], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.equal(lines.trim().split("\n").length, folders.length);
});
