import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openSandbox } from "./open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";
import { traceAllValues, traceValues } from "./value-trace.ts";

const folder = mkdtempSync(join(tmpdir(), "pawl-values-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const PY = "def total(items):\n    result = 0\n    for item in items:\n        result += item\n    return result\n";
const JS = `export function total(items) {
  globalThis.__pawlStep?.(2,{items:()=>items,result:()=>result});let result = 0;
  for (const item of items) {globalThis.__pawlStep?.(3,{items:()=>items,result:()=>result,item:()=>item});result += item;}
  globalThis.__pawlStep?.(4,{items:()=>items,result:()=>result});return result;
}
`;

test("what the variables hold, line by line, in Python and in JavaScript", async () => {
  writeFileSync(join(folder, "sums.py"), PY);
  writeFileSync(join(folder, "sums.mjs"), "export function total() {}\n");
  const snapshot = await takeSnapshot(folder);
  const sandbox = await openSandbox({ unsafe: true });
  try {
    const item = { call: "total", args: [[3, 4]] };
    const python = await traceValues({ sandbox, snapshot, module: "sums.py", item, files: {} });
    assert.equal(python?.outcome, "returns 7");
    assert.deepEqual(
      python?.steps.map(({ line }) => line),
      [2, 3, 4, 3, 4, 3, 5],
    );
    assert.deepEqual(python?.steps.at(-1)?.values, { items: "[3, 4]", result: "7", item: "4" });
    const script = await traceValues({ sandbox, snapshot, module: "sums.mjs", item, files: {}, instrumented: JS });
    assert.equal(script?.outcome, "returns 7");
    assert.deepEqual(
      script?.steps.map(({ line }) => line),
      [2, 3, 3, 4],
    );
    assert.deepEqual(script?.steps[0]?.values, { items: "[3,4]" });
    assert.deepEqual(script?.steps[2]?.values, { items: "[3,4]", result: "3", item: "4" });
    const two = await traceAllValues({
      sandbox,
      snapshot,
      module: "sums.mjs",
      items: [item, { call: "total", args: [[5]] }],
      files: {},
      instrumented: JS,
    });
    assert.deepEqual(
      two.map((each) => each?.outcome),
      ["returns 7", "returns 5"],
    );
    assert.deepEqual(two[1]?.steps[0]?.values, { items: "[5]" }, "nothing of the call before");
    const endless = "def total(items):\n    while True:\n        items = items\n";
    const stopped = await traceValues({ sandbox, snapshot, module: "sums.py", item, files: { "sums.py": endless } });
    assert.deepEqual([stopped?.outcome, stopped?.more], [null, true]);
  } finally {
    await removeSnapshot(snapshot);
  }
});
