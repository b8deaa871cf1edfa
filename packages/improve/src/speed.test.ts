import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { applyRun } from "./apply.ts";
import { replayRun } from "./resume.ts";
import { speed } from "./speed.ts";

const works = (await probeSandbox()).some((probe) => probe.works);
const skip = !works ? "no sandbox works here" : process.env["PAWL_SLOW"] === "1" ? false : "PAWL_SLOW=1 is not set";
const SLOW = `export function common(a, b) {
  const out = [];
  for (const item of a) if (b.includes(item)) out.push(item);
  return out;
}
`;
const TESTS = `import assert from "node:assert/strict";
import { test } from "node:test";
import { common } from "./common.js";
test("common", () => {
  assert.deepEqual(common([1, 2, 3, 2], [2, 3, 9]), [2, 3, 2]);
  assert.deepEqual(common([5, 6], []), []);
});
`;

async function withProject(body: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "pawl-speed-"));
  try {
    writeFileSync(join(root, "package.json"), '{"type":"module","scripts":{"test":"node --test"}}');
    writeFileSync(join(root, "common.js"), SLOW);
    writeFileSync(join(root, "common.test.js"), TESTS);
    await body(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("a quadratic search gets a set: learned from the tests, measured, replayed and applied", { skip }, () =>
  withProject(async (root) => {
    const result = await speed({ root, target: "common.js#common", budget: { evaluations: 6 } });
    assert.equal(result.status, "faster");
    assert.equal(result.checked.examples, 2);
    assert.ok((result.cpu.interval?.[0] ?? 0) > 1);
    assert.match(result.patch, /new Set\(b\)/);
    assert.equal(readFileSync(join(root, "common.js"), "utf8"), SLOW, "the work tree stays as it is");
    const state = join(root, ".pawl");
    const replay = await replayRun({ state, run: result.run });
    assert.deepEqual(replay.differences, []);
    assert.equal(replay.identical, true);
    assert.deepEqual(applyRun(state, result.run).files, ["common.js"]);
    assert.match(readFileSync(join(root, "common.js"), "utf8"), /new Set\(b\)/);
  }),
);

test("a function that no test calls is asked for calls", { skip: works ? false : "no sandbox works here" }, () =>
  withProject(async (root) => {
    writeFileSync(join(root, "common.test.js"), 'import { test } from "node:test";\ntest("nothing", () => {});\n');
    await assert.rejects(speed({ root, target: "common.js#common" }), /make no call of the function/);
    await assert.rejects(speed({ root, target: "none.js#common" }), /no such file/);
    writeFileSync(join(root, "bad.json"), "[1]");
    await assert.rejects(speed({ root, target: "common.js#common", cases: "bad.json" }), /not a list of lists/);
  }),
);
