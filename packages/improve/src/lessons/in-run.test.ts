import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Store } from "@pawl/core";
import { fix } from "../fix.ts";
import { replayRun } from "../resume.ts";
import { listLessons } from "./lesson.ts";

const FILES = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "larger.js": "export const larger = (a, b) => (a < b ? a : b);\n",
  "larger.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { larger } from "./larger.js";\ntest("first", () => assert.equal(larger(2, 1), 2));\ntest("second", () => assert.equal(larger(1, 2), 2));\n',
};

test("a run leaves a lesson; the next one asks it, says whether it helped, and repeats when the memory has changed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-lessons-"));
  const root = join(folder, "project");
  const state = join(folder, "state");
  process.env["XDG_CONFIG_HOME"] = join(folder, "config");
  try {
    mkdirSync(root);
    for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
    const first = await fix({ root, state, unsafe: true });
    assert.equal(first.status, "fixed");
    assert.ok(!("lessons" in first)); // not asked, not reported
    const second = await fix({ root, state, unsafe: true, lessons: true, seed: 2 });
    assert.equal(second.lessons?.recalled, 1);
    const { with: informed, without } = second.lessons;
    assert.equal(informed.asked + without.asked, second.evaluations.screened);
    assert.ok(informed.progressed + without.progressed > 0);
    for (const { asked, progressed, interval } of [informed, without])
      if (asked > 0) assert.ok(interval[0] <= progressed / asked && progressed / asked <= interval[1]);
    const store = Store.open(state);
    const [lesson] = listLessons(store);
    assert.equal(lesson?.code.trim(), FILES["larger.js"].trim());
    assert.ok((lesson?.repair.length ?? 0) > 0);
    store.documents((index) => index.list().forEach(({ key }) => index.forget(key)));
    store.close();
    // What was recalled is on record: the replay knows it although it is forgotten.
    assert.equal((await replayRun({ state, run: second.run })).identical, true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
