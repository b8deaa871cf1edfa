import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { parseSync } from "oxc-parser";
import { javascript, typescript } from "./language.ts";
import { SAMPLES } from "./samples-fixture.ts";
import { applyEdit, editsOf, languageOf } from "./edits-fixture.ts";

/** Own samples, and the sources of the corpus's training half as it is today. */
function sources(): [string, string][] {
  const found = Object.entries(SAMPLES);
  const tasks = new URL("../../../../worlds/code-repair/tasks/", import.meta.url);
  for (const id of existsSync(tasks) ? readdirSync(tasks).sort() : []) {
    const record = new URL(`${id}/task.json`, tasks);
    if (!/^(js|ts)-/.test(id) || !existsSync(record)) continue;
    if ((JSON.parse(readFileSync(record, "utf8")) as { split: string }).split !== "train") continue;
    for (const side of ["buggy", "fixed"]) {
      const folder = new URL(`${id}/${side}/`, tasks);
      for (const name of readdirSync(folder).sort()) {
        if (/\.[jt]s$/.test(name)) found.push([`${id}/${side}/${name}`, readFileSync(new URL(name, folder), "utf8")]);
      }
    }
  }
  return found;
}

for (const [path, source] of sources()) {
  test(`edits of ${path} are sound`, () => {
    const edits = editsOf(source, path);
    assert.ok(edits.length > 20);
    const results = new Set<string>();
    let line = 0;
    let unparsable = 0;
    for (const [index, edit] of edits.entries()) {
      let last = 0;
      for (const { start, end } of edit.replacements) {
        assert.ok(start >= last && end >= start && end <= source.length, `${edit.operator} has offsets out of order`);
        last = end;
      }
      assert.ok(edit.weight > 0 && edit.weight <= 1, `${edit.operator} weighs ${edit.weight}`);
      assert.ok(edit.line >= line, `${edit.operator} at line ${edit.line} comes after line ${line}`);
      line = edit.line;
      const result = applyEdit(source, edit);
      assert.notEqual(result, source, `${edit.operator} changes nothing`);
      assert.ok(!results.has(result), `${edit.operator} repeats a text`);
      results.add(result);
      // Parsing is the slow part here: every third is enough for a share.
      if (index % 3 === 0 && parseSync(path, result).errors.length > 0) unparsable += 1;
    }
    assert.ok(unparsable * 3 <= edits.length * 0.1, `${unparsable * 3} of ${edits.length} do not parse`);
    assert.deepEqual(editsOf(source, path), edits);
  });
}

test("only sites on the given lines", () => {
  const source = SAMPLES["intervals.js"]!;
  const all = editsOf(source, "intervals.js");
  const some = editsOf(source, "intervals.js", new Set([9]));
  assert.ok(some.length > 5);
  assert.ok(some.every((edit) => edit.line === 9));
  const expected = new Set(all.filter((edit) => edit.line === 9).map((edit) => applyEdit(source, edit)));
  for (const text of expected) assert.ok(some.some((edit) => applyEdit(source, edit) === text));
});

test("edits leave comments and formatting alone", () => {
  const source = "function f( a,b ){ // keep\n\treturn a   <   b /* why */ ;\n}\n";
  const edit = editsOf(source, "f.js").find((one) => one.operator === "swap-comparison");
  assert.equal(applyEdit(source, edit!), "function f( a,b ){ // keep\n\treturn a   <=   b /* why */ ;\n}\n");
});

test("inserted lines end like the file's", () => {
  const source = SAMPLES["crlf.js"]!;
  const inserted = editsOf(source, "crlf.js").filter(
    (edit) => edit.operator === "insert-update" || edit.operator === "add-guard",
  );
  assert.ok(inserted.length > 0);
  for (const edit of inserted) assert.doesNotMatch(applyEdit(source, edit), /[^\r]\n/);
});

test("types are not edited", () => {
  const source = "export function f(x: 'on' | 'off', n: Array<number>): string {\n  return x;\n}\n";
  for (const edit of editsOf(source, "f.ts")) {
    const result = applyEdit(source, edit);
    assert.match(result, /: 'on' \| 'off'/, edit.operator);
    assert.match(result, /: Array<number>/, edit.operator);
    assert.match(result, /\): string \{/, edit.operator);
  }
});

test("statements and conditions of other files are used where their names are known", () => {
  const source = "export function f(cart, limit) {\n  const total = cart.sum;\n  return total;\n}\n";
  const parsed = javascript.parse(source, "f.js")!;
  const ingredients = [
    { text: "cart.touch();", kind: "statement" as const, freeNames: ["cart"] },
    { text: "nobody.touch();", kind: "statement" as const, freeNames: ["nobody", "elsewhere"] },
    { text: "limit > 3", kind: "condition" as const, freeNames: ["limit"] },
  ];
  const texts = [...javascript.edits(parsed, { ingredients })].map((edit) => applyEdit(source, edit));
  assert.ok(texts.some((text) => text.includes("cart.touch();\n  return total;")));
  assert.ok(texts.some((text) => text.includes("if (limit > 3) return total;")));
  assert.ok(!texts.some((text) => text.includes("nobody")));
});

test("parse and syntaxError agree", () => {
  assert.equal(javascript.parse("let a = ;", "a.js"), null);
  assert.deepEqual(javascript.syntaxError("const a = 1;\n\nlet b = ;\n", "a.js")?.line, 3);
  assert.equal(javascript.syntaxError("const a = 1;\n", "a.js"), null);
  assert.equal(javascript.parse("let a: number = 1;", "a.js"), null);
  assert.notEqual(typescript.parse("let a: number = 1;", "a.ts"), null);
});

test("ingredients carry their free names", () => {
  const source =
    "import { log } from './log.js';\nexport function f(xs) {\n  let n = 0;\n  for (const x of xs) if (x > n) n = x;\n  log(n, Math.PI);\n  return n;\n}\n";
  const found = javascript.ingredients(javascript.parse(source, "f.js")!);
  const names = (text: string): readonly string[] | undefined => found.find((one) => one.text === text)?.freeNames;
  assert.deepEqual(names("log(n, Math.PI);"), ["log", "n"]);
  assert.deepEqual(names("x > n"), ["x", "n"]);
  assert.equal(found.find((one) => one.text === "x > n")?.kind, "condition");
});

test("identifiers and statement lines", () => {
  const source = "function f(a) {\n  if (\n    a &&\n    b\n  ) {\n    return g(a,\n      1);\n  }\n}\n";
  const parsed = javascript.parse(source, "f.js")!;
  assert.deepEqual(javascript.identifiers(parsed).get("a"), [1, 3, 6]);
  assert.deepEqual(javascript.statementLines(parsed), [
    { line: 1, endLine: 1 },
    { line: 2, endLine: 4 },
    { line: 6, endLine: 7 },
  ]);
});

test("every extension has its language", () => {
  for (const extension of [".js", ".mjs", ".cjs", ".jsx"]) assert.equal(languageOf(`x${extension}`), javascript);
  for (const extension of [".ts", ".mts", ".cts", ".tsx"]) assert.equal(languageOf(`x${extension}`), typescript);
});
