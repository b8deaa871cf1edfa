import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { DEFAULT_LIMITS } from "../default-limits.ts";
import { openSandbox } from "../open-sandbox.ts";
import { adapterFor } from "./adapters.ts";
import { TestSuiteCheck } from "./check.ts";
import { discoverTests } from "./discover.ts";
import { openProject, tenTestProject } from "./fixture-project.ts";

const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
const signal = new AbortController().signal;

test("tests of a build are not screened warm, where no candidate would be built, and candidates are repaired all the same", async (t) => {
  const { files, source, broken, variants } = tenTestProject("javascript");
  const command = `cp src/${source} ${source} && node --test`;
  // The output of an earlier build lies in the project, so that the warm runner can load the tests.
  await using project = await openProject({ ...files, [`src/${source}`]: broken, [source]: broken }, command);
  const sources = [`src/${source}`];
  const adapter = adapterFor(discoverTests(project.root, command).runner);
  const { check, coldReason } = await TestSuiteCheck.create(project.context, adapter, { lanes: 1, sources });
  t.after(() => check.close());
  assert.match(coldReason ?? "", /do not load the sources themselves/);
  const repaired = { candidate, files: { [`src/${source}`]: variants.at(-1) ?? "" } };
  assert.equal((await check.screen(repaired, signal)).status, "passed");
});

test("tests that do not load because of the sources notice another fault in them", async (t) => {
  const { files, command, source, variants } = tenTestProject("javascript");
  await using project = await openProject({ ...files, [source]: "export const add = 1;\n" }, command);
  const adapter = adapterFor("node:test");
  const { check, coldReason } = await TestSuiteCheck.create(project.context, adapter, { lanes: 1, sources: [source] });
  t.after(() => check.close());
  assert.equal(coldReason, null);
  const repaired = { candidate, files: { [source]: variants.at(-1) ?? "" } };
  assert.equal((await check.screen(repaired, signal)).status, "passed");
});

test("a command of the user's runs on the user's node, Pawl's own processes on Pawl's", async () => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "pawl-node-")));
  const path = process.env["PATH"];
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin/node"), '#!/bin/sh\n[ "$1" = --version ] && echo v22.0.0 || echo the user\\\'s\n');
  // The box's user is another one.
  for (const file of [home, join(home, "bin"), join(home, "bin/node")]) chmodSync(file, 0o755);
  await using project = await openProject({ "a.js": "console.log('of Pawl');\n" }, "node a.js");
  process.env["PATH"] = `${join(home, "bin")}${delimiter}${path}`;
  try {
    const sandbox = await openSandbox({ unsafe: true });
    const contents = { snapshot: project.context.snapshot, files: {} };
    const run = async (ownNode: boolean) =>
      (await sandbox.run(contents, { argv: ["node", "a.js"], ownNode }, DEFAULT_LIMITS, signal)).stdout.trim();
    assert.deepEqual([await run(true), await run(false)], ["the user's", "of Pawl"]);
    const { command } = project.context;
    assert.equal(command.ownNode, true);
  } finally {
    process.env["PATH"] = path;
    rmSync(home, { recursive: true, force: true });
  }
});

test("of many failing tests a sample is run first, and all before a candidate is confirmed", async (t) => {
  const numbers = Array.from({ length: 60 }, (_, n) => n + 1);
  const checks = numbers.map((n) => `test("n ${n}", () => assert.equal(twice(${n}), ${2 * n}));`).join("\n");
  const text = (body: string) => `export const twice = (n) => ${body};\n`;
  await using project = await openProject(
    {
      "package.json": '{"type":"module"}',
      "twice.js": text("n"),
      "twice.test.js": `import { test } from "node:test";\nimport assert from "node:assert";\nimport { twice } from "./twice.js";\n${checks}\n`,
    },
    "node --test",
  );
  const { check, baseline, coldReason } = await TestSuiteCheck.create(project.context, adapterFor("node:test"), {
    lanes: 1,
  });
  t.after(() => check.close());
  assert.deepEqual([coldReason, baseline.failing.length], [null, 60]);
  const screen = async (body: string) => check.screen({ candidate, files: { "twice.js": text(body) } }, signal);
  const nothing = await screen("n + 0");
  assert.deepEqual([nothing.status, nothing.scores["passed"], nothing.failing?.length], ["failed", [0], 20]);
  const [half, most] = [await screen("n > 30 ? 2 * n : 0"), await screen("n === 2 ? 0 : 2 * n")];
  const score = (verdict: typeof half) => verdict.scores["passed"]?.[0] ?? 0;
  assert.ok(
    0 < score(half) && score(half) < 0.95 && 0.95 < score(most) && score(most) < 1,
    `${score(half)} ${score(most)}`,
  );
  assert.equal((await screen("2 * n")).status, "passed");
});
