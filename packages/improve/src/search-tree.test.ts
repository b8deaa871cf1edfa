import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fix } from "./fix.ts";
import { treeOfRun } from "./search-tree.ts";

const FILES = {
  "package.json": '{ "name": "two-faults", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/a.js": "export const less = (a, b) => a > b;\nexport const add = (a, b) => a - b;\n",
  "test/a.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { add, less } from "../src/a.js";
test("add", () => assert.equal(add(5, 3), 8));
test("less", () => assert.equal(less(1, 2), true));
`,
};

test("the tree of a run has every candidate, built on what it was made from", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "pawl-tree-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const state = join(root, ".pawl");
  const common = { root, state, budget: { evaluations: 40 }, heldOut: 0, jobs: 2 } as const;
  const { run, status, evaluations } = await fix({ ...common, search: "tree" });
  assert.equal(status, "fixed");
  const tree = await treeOfRun({ state, run });
  assert.equal(tree.length, 1 + evaluations.screened);
  const byId = new Map(tree.map((node) => [node.id, node]));
  const [base] = tree;
  assert.deepEqual([base?.parent, base?.depth, base?.visits], [null, 0, tree.length]);
  for (const { id, parent, depth } of tree.slice(1)) {
    const above = byId.get(parent as string);
    assert.ok(above?.children.includes(id) && depth === above.depth + 1);
  }
  const finished = tree.filter((node) => node.finished);
  assert.ok(finished.length > 0 && finished.every(({ reward, depth, open }) => reward === 100 && depth === 2 && !open));
});
