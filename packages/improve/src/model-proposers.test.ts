import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { canonicalJson, recordOf, type RunEvent } from "@pawl/core";
import { startFaultServer } from "../../propose/src/model/fixture-fault-server.ts";
import { evolve } from "./evolve.ts";
import { exportRuns } from "./export/export.ts";
import type { Row } from "./export/rows.ts";
import { fix } from "./fix.ts";
import { openExisting } from "./record.ts";
import { replayRun } from "./resume.ts";
import { showRun } from "./runs.ts";

const BROKEN = "export const larger = (a, b) => (a < b ? a : b);\n";
const RIGHT = "export const larger = (a, b) => (a < b ? b : a);\n";
const FILES = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "larger.js": BROKEN,
  "larger.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { larger } from "./larger.js";\ntest("first", () => assert.equal(larger(2, 1), 2));\ntest("second", () => assert.equal(larger(1, 2), 2));\n',
};

/** The right text: as a file at first, and after a correction in the form that is asked for. */
function answer(prompt: string): string {
  if (!prompt.includes("could not be applied"))
    return `The branches are swapped.\n\nlarger.js\n\`\`\`js\n${RIGHT}\`\`\`\n`;
  if (prompt.includes("SEARCH")) return `larger.js\n<<<<<<< SEARCH\n${BROKEN}=======\n${RIGHT}>>>>>>> REPLACE\n`;
  return `\`\`\`diff\n--- a/larger.js\n+++ b/larger.js\n@@ -1 +1 @@\n-${BROKEN}+${RIGHT}\`\`\`\n`;
}

function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "pawl-models-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

function eventsOf(root: string, run: string): readonly RunEvent[] {
  const store = openExisting(join(root, ".pawl"));
  try {
    return recordOf(store, run);
  } finally {
    store.close();
  }
}

test("fix with a model over HTTP, its replay without one, and no secret in the record", async (t) => {
  const root = project(t, FILES);
  const server = await startFaultServer({
    rate: 0.2,
    faults: ["429", "500", "cut"],
    respond: answer,
    logProbability: () => -0.25,
  });
  process.env["PAWL_MODEL_KEY"] = "sk-secret-key-of-the-test";
  t.after(() => delete process.env["PAWL_MODEL_KEY"]);
  const result = await fix({ root, unsafe: true, proposer: `model:${server.url}#test`, budget: { evaluations: 8 } });
  await server.close();
  assert.equal(result.status, "fixed");
  assert.match(result.patch, /\+export const larger = \(a, b\) => \(a < b \? b : a\);/);
  assert.ok((result.answers?.tokens ?? 0) > 0);
  const events = eventsOf(root, result.run);
  assert.ok(events.some((event) => event.type === "answered"));
  assert.ok(!canonicalJson(events).includes("sk-secret"));
  const replay = await replayRun({ state: join(root, ".pawl"), run: result.run, unsafe: true });
  assert.deepEqual([replay.identical, replay.differences], [true, []]);

  const attempt = showRun(join(root, ".pawl"), result.run).attempts.find(({ kept }) => kept);
  assert.equal(attempt?.logProbability, -0.25, "how sure the model was is on record");
  const out = join(root, "data");
  exportRuns({ state: join(root, ".pawl"), format: "sft", out, licences: ["unknown"] });
  const rows = readdirSync(out)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(out, name), "utf8").trim().split("\n").filter(Boolean))
    .map((line) => JSON.parse(line) as Row);
  assert.deepEqual(
    rows.map(({ pawl }) => pawl.logProbabilities),
    [[-0.25]],
  );
});

test("a model in pawl.config.ts makes mix the default, and both kinds of edits are tried", async (t) => {
  const server = await startFaultServer({ rate: 0, respond: answer });
  t.after(() => server.close());
  const config = `export default { models: { fast: { id: "${server.url}#test", concurrency: 4 } } };\n`;
  const root = project(t, { ...FILES, "pawl.config.mjs": config });
  const result = await fix({ root, unsafe: true, budget: { evaluations: 30, tokens: 400_000 } });
  assert.equal(result.proposer, "mix");
  assert.equal(result.status, "fixed");
  const events = eventsOf(root, result.run);
  assert.ok(events.some(({ type }) => type === "answered"));
  assert.ok(
    events.some((event) => event.type === "proposed" && event.data.candidate.origin.proposer === "syntax"),
    "the syntax proposer had its share",
  );
  const replay = await replayRun({ state: join(root, ".pawl"), run: result.run, unsafe: true });
  assert.deepEqual(replay.differences, []);
});

test("evolve with a model raises a score, and says what the answers cost", async (t) => {
  const server = await startFaultServer({
    rate: 0,
    respond: (prompt) =>
      prompt.includes("could not be applied") && prompt.includes("SEARCH")
        ? "n.js\n<<<<<<< SEARCH\nexport const n = 1;\n=======\nexport const n = 50;\n>>>>>>> REPLACE\n"
        : prompt.includes("could not be applied")
          ? "```diff\n--- a/n.js\n+++ b/n.js\n@@ -1 +1 @@\n-export const n = 1;\n+export const n = 50;\n```\n"
          : "n.js\n```js\nexport const n = 50;\n```\n",
  });
  t.after(() => server.close());
  const root = project(t, {
    "n.js": "export const n = 1;\n",
    "score.mjs": 'import { n } from "./n.js";\nconsole.log(n);\n',
  });
  const result = await evolve({
    root,
    files: ["n.js"],
    score: "node score.mjs",
    goal: 50,
    baselines: false,
    unsafe: true,
    proposer: `model:${server.url}`,
    budget: { evaluations: 6 },
  });
  assert.equal(result.status, "improved");
  assert.deepEqual([result.score.before, result.score.after], [1, 50]);
  assert.ok((result.answers?.answers ?? 0) > 0);
});

test("names that are none, and limits that cannot be kept, are said before anything is spent", async (t) => {
  const root = project(t, FILES);
  const options = { root, unsafe: true };
  await assert.rejects(fix({ ...options, proposer: "model:fast" }), /'fast' does not name a model/);
  await assert.rejects(fix({ ...options, proposer: "mix" }), /no model to mix in/);
  await assert.rejects(
    fix({ ...options, proposer: "model:openai/some-model", models: {} }),
    /OPENAI_API_KEY is not set/,
  );
  const unpriced = { id: "openai/nobody-knows", baseUrl: "http://192.0.2.1/v1", keyVariable: "PATH" };
  await assert.rejects(
    fix({ ...options, proposer: "model:own", models: { own: unpriced }, budget: { dollars: 1 } }),
    /price of openai\/nobody-knows is not known/,
  );
  await assert.rejects(
    fix({ ...options, proposer: "model:x", models: { fast: "openai/a" } }),
    (error: { todo?: string }) => /Configured: fast/.test(error.todo ?? ""),
  );
  writeFileSync(join(root, "pawl.config.mjs"), "export default { models: ['a'] };\n");
  await assert.rejects(fix(options), /not a list of names with ids/);
});
