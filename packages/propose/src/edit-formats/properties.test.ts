import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { applyEdits } from "@pawl/core";
import { createTwoFilesPatch } from "diff";
import fc from "fast-check";
import { Languages } from "../syntax/languages.ts";
import type { EditContext, EditFormat } from "./edit-format.ts";
import { editFormats } from "./registry.ts";

const FILES = {
  "src/a.js": "export function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n",
  "src/b.py": "def g(x):\n    return x\n",
  "test/a.test.js": "check();\n",
  "src/c.txt": "one\r\ntwo\r\n",
};
const CONTEXT: EditContext = { files: FILES, editable: ["src/a.js", "src/b.py", "src/c.txt", "src/unseen.js"] };

/** Pieces that answers are made of, and pieces of them. */
const PIECES = [
  "<<<<<<< SEARCH",
  "=======",
  ">>>>>>> REPLACE",
  "```",
  "```js",
  "```python src/b.py",
  "~~~",
  "--- a/src/a.js",
  "+++ b/src/a.js",
  "--- a/test/a.test.js",
  "+++ b/test/a.test.js",
  "+++ /dev/null",
  "@@ -1,2 +1,2 @@",
  "@@ @@",
  "@@ -9 +9,0 @@",
  "-  return 2;",
  "+  return 3;",
  "   if (a) {",
  "\\ No newline at end of file",
  "src/a.js",
  "src/b.py",
  "test/a.test.js",
  "../../etc/passwd",
  "__proto__",
  "src/c.txt",
  "src/unseen.js",
  "  return 2;",
  "  return 3;",
  "    return x",
  "    return x + 1",
  "one",
  "TWO",
  "// ... rest unchanged",
  "...",
  "export function f(a) {",
  "function f(a) { return a; }",
  "def g(x):",
  "}",
  "",
  "check();",
  "constructor",
  "SEARCH:",
  "REPLACE:",
  "<think>",
  "\r",
  '{"name": "replace_text", "arguments": {"path": "src/a.js", "old": "return 2", "new": "return 3"}}',
  '{"name": "write_file", "arguments": {"path": "test/a.test.js", "text": ""}}',
  '{"name": "replace_text", "arguments": {"path"',
];

let formats: ReadonlyMap<EditFormat["id"], EditFormat>;
before(async () => {
  formats = editFormats(await Languages.load());
});

describe("any answer", () => {
  const line = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  );
  const text = fc.oneof(
    fc.array(line, { maxLength: 14 }).map((lines) => lines.join("\n")),
    fc.string({ unit: "binary", maxLength: 200 }),
  );
  const json = fc.oneof(
    fc.jsonValue(),
    fc.record({
      path: fc.constantFrom(...Object.keys(FILES), "__proto__"),
      old: fc.constantFrom("return 2", "", "one"),
      new: text,
    }),
  );
  const calls = fc.array(
    fc.record({ name: fc.constantFrom("replace_text", "write_file", "replace_function", "toString"), arguments: json }),
    { maxLength: 2 },
  );

  test("is read without an exception, never in silence, and edits nothing that is frozen", () => {
    fc.assert(
      fc.property(text, calls, fc.constantFrom("stop", "length", "cut"), (answer, toolCalls, finish) => {
        for (const format of formats.values()) {
          const { edits, problems } = format.parse({ text: answer, toolCalls, finish }, CONTEXT);
          assert.ok(
            Object.keys(edits).length > 0 || problems.length > 0,
            `${format.id}: neither an edit nor a problem`,
          );
          for (const [path, list] of Object.entries(edits)) {
            assert.ok(CONTEXT.editable.includes(path), `${format.id} edits ${path}`);
            const before = FILES[path as keyof typeof FILES];
            const after = applyEdits(before, list);
            assert.notEqual(after, null, `${format.id}: the edits overlap`);
            assert.notEqual(after, before, `${format.id}: the edits change nothing`);
          }
        }
      }),
      { numRuns: 1500, seed: 20261126 },
    );
  });
});

describe("a diff made from two texts", () => {
  const words = fc.constantFrom(
    "",
    "a",
    "b",
    " c",
    "\td",
    "}",
    "-- x",
    "++ y",
    "@@ z",
    "```",
    "\\ w",
    "# ...x",
    "--- q",
    "+++ q",
  );
  const lines = fc.array(words, { maxLength: 14 });
  const textOf = fc
    .record({ lines, end: fc.boolean() })
    .map(({ lines: each, end }) => each.join("\n") + (end && each.length > 0 ? "\n" : ""));

  const roundTrip = (context: number, wrap: (diff: string) => string) =>
    fc.property(textOf, textOf, (a, b) => {
      if (a === b) return;
      const diff = createTwoFilesPatch("a/x.txt", "b/x.txt", a, b, "", "", { context }).replace(/^=+\n/, "");
      const parsed = (formats.get("unified-diff") as EditFormat).parse(
        { text: wrap(diff), toolCalls: [], finish: "stop" },
        { files: { "x.txt": a }, editable: ["x.txt"] },
      );
      assert.deepEqual(parsed.problems, [], JSON.stringify([a, b, diff]));
      assert.equal(applyEdits(a, parsed.edits["x.txt"] ?? []), b, JSON.stringify([a, b, diff]));
    });

  for (const context of [3, 1, 0])
    test(`gives the second from the first, with ${context} lines of context`, () => {
      fc.assert(
        roundTrip(context, (diff) => diff),
        { numRuns: 1500, seed: 7 },
      );
    });

  test("the same in a fence", () => {
    fc.assert(
      roundTrip(3, (diff) => `Here:\n\n\`\`\`\`diff\n${diff}\`\`\`\`\n`),
      { numRuns: 1500, seed: 8 },
    );
  });
});
