import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { runFragment, type FragmentResult } from "./run-fragment.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

/** Runs `place` of a file with this text, and sees to it that nothing in the folder changes. */
async function run(t: TestContext, name: string, text: string, lines = ""): Promise<FragmentResult> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-fragment-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, name), text);
  const result = await runFragment({ root, place: name + lines });
  assert.deepEqual(readdirSync(root).sort(), [name, "package.json"].sort());
  return result;
}

function executed({ lines }: FragmentResult): readonly [executed: number, all: number] {
  return [lines.executed.length, lines.executed.length + lines.notExecuted.length];
}

test("the body of a function runs with values that fit what is done with them", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const text = `import express from "not-installed";
const LIMIT = 3;
export async function handler(req, res) {
  const user = await db.users.find({ id: req.params.id });
  const posts = user.posts.filter((post) => post.likes > LIMIT);
  for (const post of posts) {
    console.log(post.title.toUpperCase());
  }
  if (typeof nobody === "undefined") cache.set(user.name, posts.length);
  return express.reply(user.tags.map((tag) => tag.trim()).join("-"));
}
`;
  const result = await run(t, "a.js", text, ":4-10");
  assert.deepEqual([result.status, ...executed(result)], ["complete", 6, 6]);
  assert.deepEqual(result.defined, ["LIMIT"]);
  assert.deepEqual(result.values.map(({ name }) => name).sort(), ["cache", "db", "express", "req"]);
  assert.ok(result.trace.length > 6);
  // One name, one value: both mentions of an undefined name are the same.
  const same = await run(
    t,
    "b.js",
    "if (thing !== thing) throw new Error('two values');\nconst other = thing;\nif (other !== thing) throw new Error('two values');\n",
  );
  assert.equal(same.status, "complete");
});

test("a fault of the fragment's own is reported as one, whatever the values are", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const planted = await run(
    t,
    "a.js",
    "const names = users.map((user) => user.name);\nconst nothing = null;\nreport(nothing.length, names);\n",
  );
  assert.equal(planted.status, "exception");
  const [error] = planted.exceptions;
  assert.deepEqual(
    [error?.line, error?.name, error?.finding, error?.recurred, error?.depends],
    [3, "TypeError", true, 5, []],
  );
  const guarded = await run(
    t,
    "b.js",
    'if (count < 0 || count === 7) {\n  throw new RangeError("count");\n}\nsave(count);\n',
    "",
  );
  assert.equal(guarded.status, "complete");
  const python = await run(t, "c.py", "total = sum(prices)\nlabel = 'total: ' + total\n");
  assert.deepEqual(
    [python.exceptions[0]?.line, python.exceptions[0]?.name, python.exceptions[0]?.finding],
    [2, "TypeError", true],
  );
});

test("declared types count for more than names and uses", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const text = `interface Order { id: string; lines: { price: number; count: number }[]; paid?: boolean }
export function total(order: Order, names: Map<string, number>, mode: "gross" | "net"): number {
  let sum: number = 0;
  for (const line of order.lines) sum += line.price * line.count;
  if (mode === "net") sum -= names.get(order.id) ?? 0;
  return sum as number;
}
`;
  const result = await run(t, "order.ts", text, ":3-6");
  assert.equal(result.status, "complete");
  const value = new Map(result.values.map((each) => [each.name, each]));
  assert.match(value.get("order")?.value ?? "", /"price": \d+, "count": \d+/);
  assert.match(value.get("names")?.value ?? "", /^new Map/);
  assert.match(value.get("mode")?.value ?? "", /^"(?:gross|net)"$/);
  assert.ok(["order", "names", "mode"].every((name) => value.get(name)?.source === "type"));
});

test("whole functions and classes are called; pieces of blocks are made whole", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const whole = await run(
    t,
    "a.js",
    "export function area(shape) {\n  const { width, height } = shape;\n  return width * height;\n}\nclass Stack {\n  constructor(items) {\n    this.items = items.slice();\n  }\n  top() {\n    return this.items.at(-1);\n  }\n}\n",
  );
  assert.deepEqual([whole.status, ...executed(whole)], ["complete", 4, 4]);
  const piece = await run(
    t,
    "b.js",
    "while (more()) {\n  if (a > 1) {\n    first(a);\n  } else {\n    second(a);\n    continue;\n  }\n  break;\n}\n",
    ":4-8",
  );
  assert.equal(piece.status, "complete");
  const common = await run(
    t,
    "c.cjs",
    'const tool = require("not-there");\nconst made = tool.make(name);\nmodule.exports = { made };\n',
  );
  assert.deepEqual([common.status, ...executed(common)], ["complete", 3, 3]);
  await assert.rejects(run(t, "d.js", "const = ;\n"), /cannot be read as a part of a program/);
  await assert.rejects(run(t, "d.js", "a();\n", ":5-9"), /there are no lines 5 to 9/);
  await assert.rejects(run(t, "d.txt", "a\n"), /this language/);
});

test("Python: imports that are not there, the network, parts of blocks", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasSandbox) return t.skip("no sandbox works here");
  const text = `import requests
import not_installed as ni

def load(path, limit: int = 3):
    rows = []
    with open_file(path) as handle:
        for line in handle.readlines():
            rows.append(line.strip().split(","))
    answer = requests.get(BASE_URL + "/items", timeout=10)
    if answer.status_code == 200:
        for item in answer.json()["items"]:
            total += item["price"] * rate
    return ni.table(rows).head(limit), total
`;
  const result = await run(t, "a.py", text, ":5-13");
  assert.deepEqual([result.status, ...executed(result)], ["complete", 9, 9]);
  assert.equal(result.values.find(({ name }) => name === "limit")?.source, "type");
  const piece = await run(
    t,
    "b.py",
    "for item in items:\n    if item.size > 1:\n        big.append(item)\n    else:\n        small.append(item)\n        continue\n    report(item)\n",
    ":4-7",
  );
  assert.equal(piece.status, "complete");
  const whole = await run(
    t,
    "c.py",
    "class Cart:\n    def __init__(self, items):\n        self.items = list(items)\n\n    def total(self):\n        return sum(item.price for item in self.items)\n\n\ndef label(cart, *, currency):\n    return f'{cart.total():.2f} {currency.upper()}'\n",
  );
  assert.deepEqual([whole.status, ...executed(whole)], ["complete", 3, 3]);
});

test("what never ends is stopped, with the lines so far", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const result = await run(t, "a.js", "begin();\nfor (;;);\n");
  assert.deepEqual([result.status, result.lines.executed], ["timeout", [1, 2]]);
});
