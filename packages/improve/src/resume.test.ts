import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { recordOf, RunSession, Store, type Json, type RunEvent } from "@pawl/core";
import { fixConfigOf } from "./fix-config.ts";
import { FixEnvironment } from "./fix-environment.ts";
import type { FixPlan } from "./fix-plan.ts";
import { fix } from "./fix.ts";
import { observed } from "./record.ts";
import { resumeRun } from "./resume.ts";

const FILES = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "larger.js": "export const larger = (a, b) => (a < b ? a : b);\n",
  "larger.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { larger } from "./larger.js";\ntest("first", () => assert.equal(larger(2, 1), 2));\ntest("none", () => {});\n',
};

function project(t: TestContext): { readonly root: string; readonly state: string } {
  const folder = mkdtempSync(join(tmpdir(), "pawl-resume-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, path), text);
  return { root: folder, state: join(folder, ".pawl") };
}

function read<T>(state: string, look: (store: Store, events: readonly RunEvent[]) => T): T {
  const store = Store.open(state);
  try {
    return look(store, recordOf(store, "fix-1"));
  } finally {
    store.close();
  }
}

const typesOf = (state: string): readonly string[] => read(state, (_, events) => events.map(({ type }) => type));

test("a run that is called off while its project is read again pauses there", async (t) => {
  const { root, state } = project(t);
  const store = Store.open(state);
  const config = fixConfigOf({ root }) as unknown as Json;
  RunSession.create(store, "fix", config).close(); // and was killed
  store.close();
  const resumed = resumeRun({ state, run: "fix-1", unsafe: true, signal: AbortSignal.abort("enough") });
  await assert.rejects(resumed, { name: "InterruptedError" });
  assert.deepEqual(typesOf(state), ["started", "resumed", "paused"]);
});

test("a paused run is called off while its test runners start, and goes on later", async (t) => {
  const { root, state } = project(t);
  const stop = new AbortController();
  const first = fix({
    root,
    unsafe: true,
    jobs: 1,
    signal: stop.signal,
    onProgress: ({ phase }) => {
      if (phase === "searching") stop.abort("enough");
    },
  });
  await assert.rejects(first, { name: "InterruptedError" });
  const plan = read(state, (store, events) => observed(store, events, "project")) as unknown as FixPlan;
  {
    await using environment = await FixEnvironment.open({
      root,
      unsafe: true,
      jobs: 1,
      signal: AbortSignal.abort("enough"),
    });
    await assert.rejects(environment.check(plan), (error) => error === "enough");
  }
  const result = await resumeRun({ state, run: "fix-1", unsafe: true, jobs: 1 });
  assert.equal(result.status, "fixed");
  const types = typesOf(state);
  const resumed = types.indexOf("resumed");
  assert.equal(types.filter((type) => type === "searching").length, 1, "the first process did not come that far");
  assert.ok(types.indexOf("searching") > resumed && types.indexOf("searching") < types.indexOf("proposed"));
});
