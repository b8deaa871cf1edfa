import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { resultKey } from "./edits.ts";
import { loadPython } from "./language.ts";
import { applyEdits } from "./testing.ts";

const python = await loadPython();

const INVENTORY = `"""Stock keeping."""
import math
from collections import defaultdict

LIMIT = 100
LOW = 5


class OutOfStock(Exception):
    """Raised when there is not enough."""


class Inventory:
    def __init__(self, items=None):
        self.items = dict(items or {})
        self.log = []
        self.moves = 0

    def add(self, name: str, count: int = 1) -> int:
        if count <= 0:
            raise ValueError("count must be positive")
        self.items[name] = self.items.get(name, 0) + count
        self.log.append((name, count))
        return self.items[name]

    def remove(self, name, count=1):
        """Takes items out; the last one is kept."""
        if name not in self.items or self.items[name] - count < 1: return None
        try:
            self.items[name] -= count
        except (KeyError, TypeError) as error:
            raise OutOfStock(name) from error
        else:
            self.log.append((name, -count))
        finally:
            self.moves += 1
        return self.items[name]

    @property
    def size(self):
        return sum(self.items.values())


def plan(orders, stock, *, strict=False):
    todo = defaultdict(list)
    for index, (name, count) in enumerate(orders):
        while count > LIMIT: todo[name].append(LIMIT); count -= LIMIT
        if count and not strict:
            todo[name].append(math.ceil(count / 2) * 2)
        elif count:
            continue
        else:
            break
    else:
        todo["rest"] = [len(orders)]
    lines = [f"{key:<10}|{sum(values):>5.1f}" for key, values in sorted(todo.items(), key=lambda item: item[0]) if values]
    low = {key for key in stock if stock[key] < LOW}
    return lines, low  # both sorted


async def fetch(source, tries=3):
    for attempt in range(1, tries + 1):
        value = await source.read(attempt)
        if value is not None:
            return value
    return None


def walk(tree, depth=0):
    if not tree:
        return []
    head, *tail = tree
    return [(depth, head)] + walk(tail, depth + 1)


if __name__ == "__main__":
    print(plan([("a", 3)], {}))
`;

const UNUSUAL = `def größe(straße, 名前="x"):
    """Ünïcödé 🎉 before every site."""
    text = "🎉🎉" + straße
    match straße:
        case [first, *rest] if rest:
            return first
        case {"name": name}:
            return name
        case _:
            pass
    total = 0
    for i, zeichen in enumerate(text):
        if zeichen == "ß" and i < len(text) - 1:
            total += 2
        elif zeichen in 名前: total -= 1
    with open(text) as quelle, open(名前) as ziel:
        ziel.write(quelle.read())
    def innen():
        nonlocal total
        total = total << 1
        yield total
    assert total >= 0, f"{total!r} ist zu klein: {straße[1:]}"
    del text
    long = """one
  two
"""
    return total if (n := total) else (yield n), long
`;

const SAMPLES: Record<string, string> = {
  inventory: INVENTORY,
  unusual: UNUSUAL,
  "with CRLF": INVENTORY.replaceAll("\n", "\r\n"),
  "with tabs": INVENTORY.replaceAll("    ", "\t"),
  "without a final newline": UNUSUAL.trimEnd(),
  "one line": "def f(a, b): return a + b",
  empty: "",
  "comments only": "# nothing\n",
};

const tasks = new URL("../../../../worlds/code-repair/tasks/", import.meta.url);
if (existsSync(tasks)) {
  for (const id of readdirSync(tasks).filter((name) => name.startsWith("py-"))) {
    const description = new URL(`${id}/task.json`, tasks);
    if (
      !existsSync(description) ||
      (JSON.parse(readFileSync(description, "utf8")) as { split: string }).split !== "train"
    )
      continue;
    const main = new URL(`${id}/buggy/main.py`, tasks);
    if (existsSync(main)) SAMPLES[id] = readFileSync(main, "utf8");
  }
}

for (const [name, source] of Object.entries(SAMPLES)) {
  test(`edits of ${name} change the text, keep in range, do not repeat, and mostly parse`, () => {
    const parsed = python.parse(source, "main.py");
    assert.ok(parsed !== null);
    const edits = [...python.edits(parsed, { ingredients: [] })];
    const lines = source.split("\n").length;
    const texts = new Set<string>();
    let broken = 0;
    for (const [index, edit] of edits.entries()) {
      let last = 0;
      for (const { start, end } of edit.replacements) {
        assert.ok(start >= last && end >= start && end <= source.length, edit.operator);
        last = end;
      }
      assert.ok(edit.line >= 1 && edit.line <= lines);
      assert.ok(edit.weight > 0 && edit.weight <= 1);
      const text = applyEdits(source, edit.replacements);
      assert.notEqual(text, source, edit.operator);
      assert.ok(!texts.has(text), `${edit.operator} repeats a text`);
      texts.add(text);
      if (source.includes("\r\n")) assert.ok(!/[^\r]\n/.test(text), `${edit.operator} keeps CRLF`);
      // Every fifth is parsed: parsing is what takes long here.
      if (index % 5 === 0 && python.parse(text, "main.py") === null) broken++;
    }
    assert.ok(broken <= edits.length / 5 / 50, `${broken} of ${edits.length / 5} do not parse`);
  });
}

test("the same source gives the same edits in the same order", () => {
  const list = (): string =>
    JSON.stringify([...python.edits(python.parse(INVENTORY, "a.py") ?? assert.fail(), { ingredients: [] })]);
  assert.equal(list(), list());
});

test("only sites on the lines that are asked for", () => {
  const parsed = python.parse(INVENTORY, "a.py") ?? assert.fail();
  const all = [...python.edits(parsed, { ingredients: [] })];
  const some = [...python.edits(parsed, { ingredients: [], lines: new Set([22, 23]) })];
  assert.ok(some.length > 10 && some.length < all.length / 10);
  assert.ok(some.every((edit) => edit.line === 22 || edit.line === 23));
  assert.deepEqual([...python.edits(parsed, { ingredients: [], lines: new Set() })], []);
  // A trace names the first line of a statement; sites further down in it count as well.
  const long =
    python.parse("def f(a, b):\n    return max(\n        a,\n        b - 1,\n    )\n", "a.py") ?? assert.fail();
  assert.ok([...python.edits(long, { ingredients: [], lines: new Set([2]) })].some((edit) => edit.line === 4));
});

test("annotations, imports, docstrings and the main block are left alone", () => {
  const parsed = python.parse(INVENTORY, "a.py") ?? assert.fail();
  const end = INVENTORY.indexOf("if __name__");
  for (const edit of python.edits(parsed, { ingredients: [] })) {
    const [first, last] = [edit.replacements[0], edit.replacements.at(-1)];
    assert.ok((first?.start ?? 0) >= INVENTORY.indexOf("LIMIT = 100"), edit.operator);
    assert.ok((last?.end ?? 0) <= end + 1, edit.operator);
  }
});

test("ingredients of other files are inserted where their names are in scope", () => {
  const other =
    python.parse(
      "def g(log, entry):\n    log.flush()\n    if log.closed:\n        pass\n    return entry['weight']\n",
      "b.py",
    ) ?? assert.fail();
  const ingredients = python.ingredients(other);
  assert.deepEqual(ingredients.map(({ text, kind }) => `${kind} ${text}`), ["statement log.flush()", "condition log.closed", "expression 'weight'"]); // prettier-ignore
  const source = "def f(log, x):\n    x.run()\n    if log.a:\n        return x\n    return x['size']\n";
  const parsed = python.parse(source, "a.py") ?? assert.fail();
  const texts = [...python.edits(parsed, { ingredients })].map((edit) => applyEdits(source, edit.replacements));
  assert.ok(texts.some((text) => text.includes("    log.flush()\n    x.run()")));
  assert.ok(texts.some((text) => text.includes("if log.a and log.closed:")));
  assert.ok(texts.some((text) => text.includes("return x['weight']")));
  const without = "def f(x):\n    x.run()\n    return x\n";
  const none = [...python.edits(python.parse(without, "a.py") ?? assert.fail(), { ingredients })];
  assert.ok(none.every((edit) => !applyEdits(without, edit.replacements).includes("log")));
});

test("syntax errors have a line", () => {
  assert.equal(python.parse("def f(:\n    pass\n", "a.py"), null);
  assert.equal(python.syntaxError("x = 1\n", "a.py"), null);
  assert.equal(python.syntaxError("x = 1\ny = (2\nz = 3\n", "a.py")?.line, 2);
  assert.equal(python.syntaxError("x = 1\n\ny = = 2\n", "a.py")?.line, 3);
});

test("identifiers and statements with their lines", () => {
  const source =
    "@cache\ndef f(\n    a,\n):\n    if a:\n        return (\n            a + 1\n        )\n    elif f:\n        pass\n    return 2\n";
  const parsed = python.parse(source, "a.py") ?? assert.fail();
  assert.deepEqual(python.identifiers(parsed).get("a"), [3, 5, 7]);
  assert.deepEqual(python.statementLines(parsed), [
    { line: 2, endLine: 4 },
    { line: 5, endLine: 5 },
    { line: 6, endLine: 8 },
    { line: 9, endLine: 9 },
    { line: 10, endLine: 10 },
    { line: 11, endLine: 11 },
  ]);
});

test("equal results have equal keys", () => {
  const key = (source: string, start: number, end: number, text: string): string | null =>
    resultKey(source, [{ start, end, text }]);
  assert.equal(key("aab", 0, 0, "a"), key("aab", 1, 1, "a"));
  assert.equal(key("abab", 0, 2, ""), key("abab", 2, 4, ""));
  assert.equal(key("x = 1", 0, 5, "x = 2"), key("x = 1", 4, 5, "2"));
  assert.equal(key("x = 1", 0, 5, "x = 1"), null);
});

test("memory of the parser stays flat over 5,000 parses", () => {
  const sources = [INVENTORY, UNUSUAL].map((source) => python.parse(source, "a.py") ?? assert.fail());
  const parse = (times: number): number => {
    for (let index = 0; index < times; index++) {
      python.parse(`${index % 2 === 0 ? INVENTORY.slice(0, 900) : UNUSUAL.slice(0, 300)}\n# ${index}`, "a.py");
    }
    return process.memoryUsage().external + process.memoryUsage().arrayBuffers;
  };
  const before = parse(1000);
  const after = parse(5000);
  assert.ok(sources.length === 2 && after - before < 8e6, `${before} → ${after} bytes`);
});
