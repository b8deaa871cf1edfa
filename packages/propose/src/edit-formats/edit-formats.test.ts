import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { applyEdits } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import type { EditFormat, ParsedEdits } from "./edit-format.ts";
import { editFormats } from "./registry.ts";
import { untilComplete } from "./until-complete.ts";

const F = "export function f(a, b) {\n  if (a > b) {\n    return a;\n  }\n  return b - 1;\n}\n";
const JS = `${F}\nexport function g(x) {\n  return x;\n}\n`;
const PY = 'def f(a):\n    """Says.\n\n    ```\n    f(1)\n    ```\n    """\n    return a - 1\n';
const FILES = { "src/a.js": JS, "lib/b.py": PY, "test/a.test.js": "frozen\n" };

let formats: ReadonlyMap<EditFormat["id"], EditFormat>;
before(async () => {
  formats = editFormats(await Languages.load());
});

function read(id: EditFormat["id"], text: string, finish: "stop" | "length" = "stop"): ParsedEdits {
  return (formats.get(id) as EditFormat).parse(
    { text, toolCalls: [], finish },
    { files: FILES, editable: ["src/a.js", "lib/b.py"] },
  );
}

function result(parsed: ParsedEdits, path: keyof typeof FILES): string {
  assert.deepEqual(parsed.problems, []);
  return applyEdits(FILES[path], parsed.edits[path] ?? []) as string;
}

const FIXED = JS.replace("b - 1", "b");

describe("search-replace", () => {
  const block = (search: string, replace: string): string =>
    `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

  test("a block in a fence, under its path", () => {
    const parsed = read(
      "search-replace",
      `Here:\n\n\`src/a.js\`\n\`\`\`js\n${block("  return b - 1;", "  return b;")}\`\`\`\n`,
    );
    assert.equal(result(parsed, "src/a.js"), FIXED);
  });

  test("other indentation, and a path that is only a name", () => {
    const parsed = read(
      "search-replace",
      `a.js\n${block("if (a > b) {\n    return a;", "if (a > b) {\n    log(a);\n    return a;")}`,
    );
    assert.match(result(parsed, "src/a.js"), /\n {2}if \(a > b\) \{\n {4}log\(a\);\n {4}return a;\n/);
    assert.match(parsed.notes.join(), /indentation/);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["text at two places", `src/a.js\n${block("}", "};")}`, /2 places in src\/a.js, lines 6, 10/],
    [
      "text that is not there",
      `src/a.js\n${block("  return b + 1;", "  return b;")}`,
      /Nearest, from line 5:\n {2}return b - 1;/,
    ],
    [
      "a frozen file",
      `test/a.test.js\n${block("frozen", "thawed")}`,
      /may not be changed; may change: src\/a.js, lib\/b.py/,
    ],
    ["a no-op", `src/a.js\n${block("  return x;", "  return x;")}`, /nothing would change/],
    ["something left out", `src/a.js\n${block("  return x;", "  // ... rest unchanged")}`, /left out/],
    ["no edit", "I would not change anything.", /holds no edit/],
    ["a block without an end", "src/a.js\n<<<<<<< SEARCH\n  return x;\n=======\n  return", />>>>>>> REPLACE/],
  ];
  for (const [name, text, reason] of refused)
    test(`refuses ${name}`, () => {
      const parsed = read("search-replace", text);
      assert.deepEqual(parsed.edits, {});
      assert.match(parsed.problems[0]?.reason ?? "", reason);
    });
});

describe("whole-file", () => {
  test("a file with fences of its own", () => {
    const text = `lib/b.py\n\`\`\`python\n${PY.replace("a - 1", "a")}\`\`\`\nDone.`;
    assert.equal(result(read("whole-file", text), "lib/b.py"), PY.replace("a - 1", "a"));
  });

  const fenced = (path: string, text: string): string => `Here.\n\n${path}\n\`\`\`\n${text}\`\`\`\n`;
  const stopsAt = (text: string, editable: readonly string[]): number | null => {
    const enough = untilComplete(formats.get("whole-file") as EditFormat, { files: FILES, editable });
    for (let end = 1; end <= text.length; end += 1) if (enough?.(text.slice(0, end)) === true) return end;
    return null;
  };

  test("is complete when every file that may change is there, whole; not before, and not without a change", () => {
    const js = fenced("src/a.js", FIXED);
    const py = fenced("lib/b.py", PY.replace("a - 1", "a"));
    assert.equal(stopsAt(`${js}That is all of it.`, ["src/a.js"]), js.length);
    assert.equal(stopsAt(`${py}Done.`, ["lib/b.py"]), py.length, "after its own fences");
    assert.equal(stopsAt(`${js}And:\n${py}Done.`, ["src/a.js", "lib/b.py"]), js.length + 5 + py.length);
    assert.equal(stopsAt(`${js}Done.\n`, ["src/a.js", "lib/b.py"]), null, "the other file may follow");
    assert.equal(stopsAt(`It is:\n${fenced("src/a.js", JS)}It has to be:\n${js}`, ["src/a.js"]), null);
    assert.equal(stopsAt(fenced("src/a.js", F), ["src/a.js"]), null, "a part of the file");
  });

  test("another attempt of a call is read from its beginning", () => {
    const enough = untilComplete(formats.get("whole-file") as EditFormat, { files: FILES, editable: ["src/a.js"] });
    const text = fenced("src/a.js", FIXED);
    assert.equal(enough?.(`${"Let me think about it. ".repeat(40)}\n`), false);
    assert.equal(enough?.(text.slice(0, -4)), false);
    assert.equal(enough?.(text), true);
  });

  test("other formats, in which one more edit may follow, never are", () => {
    for (const [id, { isComplete }] of formats) assert.equal(isComplete !== undefined, id === "whole-file", id);
  });

  test("refuses a part of a file, naming what is missing", () => {
    const parsed = read("whole-file", `src/a.js\n\`\`\`js\n${F.replace("b - 1", "b")}\`\`\`\n`);
    assert.deepEqual(parsed.edits, {});
    assert.match(parsed.problems[0]?.reason ?? "", /leaves out g, /);
  });

  test("refuses a text that breaks off", () => {
    const parsed = read("whole-file", `src/a.js\n\`\`\`js\n${FIXED.slice(0, 100)}`, "length");
    assert.deepEqual(parsed.edits, {});
    assert.match(parsed.problems[0]?.reason ?? "", /breaks off at line/);
  });
});
