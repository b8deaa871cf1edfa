import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, smallestChange, Target } from "./target.ts";
import type { Candidate, Origin } from "./candidate.ts";

const origin = { proposer: "test", summary: "" };
const replace = (start: number, end: number, text: string) => ({ start, end, text });

test("the smallest change turns one text into the other, and is empty only for equal texts", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (before, after) => {
      const change = smallestChange(before, after);
      if (change === null) return before === after;
      return before !== after && applyEdits(before, [change]) === after;
    }),
  );
});

test("edits that overlap, go back or lie outside do not apply", () => {
  assert.equal(applyEdits("abcdef", [replace(0, 2, "x"), replace(1, 3, "y")]), null);
  assert.equal(applyEdits("abcdef", [replace(3, 4, "x"), replace(0, 1, "y")]), null);
  assert.equal(applyEdits("abcdef", [replace(5, 7, "x")]), null);
  assert.equal(applyEdits("abcdef", [replace(0, 1, ""), replace(1, 1, "Z"), replace(5, 6, "!")]), "Zbcde!");
});

test("equal trees are equal candidates, whatever way led there", () => {
  const target = new Target({ "a.js": "let x = 1;\nlet y = 2;\n", "b.js": "b" }, "tree");
  const first = target.derive(target.base, { "a.js": [replace(8, 9, "7")] }, origin);
  assert.ok("candidate" in first);
  const both = target.derive(first.candidate, { "a.js": [replace(19, 20, "9")], "b.js": [replace(0, 1, "c")] }, origin);
  assert.ok("candidate" in both);
  const atOnce = target.derive(
    target.base,
    { "b.js": [replace(0, 1, "c")], "a.js": [replace(8, 9, "7"), replace(19, 20, "9")] },
    origin,
  );
  assert.ok("candidate" in atOnce);
  assert.equal(both.candidate.id, atOnce.candidate.id);
  assert.notEqual(both.candidate.id, first.candidate.id);
  assert.deepEqual(target.filesOf(both.candidate), { "a.js": "let x = 7;\nlet y = 9;\n", "b.js": "c" });
  assert.notEqual(new Target({ "a.js": "" }, "tree").baseId, new Target({ "a.js": "" }, "other").baseId);
});

test("no-ops, a way back to the base, foreign files and broken edits are rejected with the reason", () => {
  const target = new Target({ "a.js": "abc" }, "tree");
  const reason = (edits: Parameters<Target["derive"]>[1], parent = target.base): string => {
    const derived = target.derive(parent, edits, origin);
    return "rejected" in derived ? derived.rejected : "accepted";
  };
  assert.equal(reason({ "a.js": [replace(0, 1, "a")] }), "no-op");
  assert.equal(reason({ "other.js": [replace(0, 0, "x")] }), "not-editable");
  assert.equal(reason({ "a.js": [replace(2, 9, "x")] }), "does-not-apply");
  const child = target.derive(target.base, { "a.js": [replace(0, 1, "z")] }, origin);
  assert.ok("candidate" in child);
  assert.equal(reason({ "a.js": [replace(0, 1, "a")] }, child.candidate), "no-op");
});

test("a locked region cannot be changed, moved or unlocked; text around it can", () => {
  const text = "head\n// pawl:lock-start\nkeep\n// pawl:lock-end\ntail\n";
  const target = new Target({ "a.js": text }, "tree");
  const reason = (start: number, end: number, insert: string): string => {
    const derived = target.derive(target.base, { "a.js": [replace(start, end, insert)] }, origin);
    return "rejected" in derived ? derived.rejected : "accepted";
  };
  assert.equal(reason(text.indexOf("keep"), text.indexOf("keep") + 4, "gone"), "locked-region");
  assert.equal(reason(text.indexOf("// pawl:lock-start"), text.indexOf("keep"), ""), "locked-region");
  assert.equal(reason(0, text.length, ""), "locked-region");
  assert.equal(reason(0, 4, "HEAD"), "accepted");
  assert.equal(reason(text.indexOf("tail"), text.indexOf("tail") + 4, "TAIL"), "accepted");
  assert.throws(() => new Target({ "a.js": "// pawl:lock-start\n" }, "tree"), /a\.js:1/);
});

test("what is made of somebody's own text is not mechanical", () => {
  const target = new Target({ "a.js": "let a = 1;" }, "tree");
  const mechanical = { ...origin, mechanical: true } as const;
  const step = (parent: Candidate, text: string, from: Origin): Candidate => {
    const derived = target.derive(parent, { "a.js": [replace(8, 9, text)] }, from);
    assert.ok("candidate" in derived);
    return derived.candidate;
  };
  const own = step(target.base, "2", mechanical);
  assert.equal(step(own, "3", mechanical).origin.mechanical, true);
  const written = step(own, "4", origin);
  assert.equal(written.origin.mechanical, undefined);
  assert.equal(step(written, "5", mechanical).origin.mechanical, undefined);
});

test("files are made where the rule allows it, empty ones too, and are part of what a candidate is", () => {
  const rule = (path: string): string | null => (path.startsWith("src/") ? null : "not there");
  const target = new Target({ "src/a.js": "a" }, "tree", rule);
  const empty = target.derive(target.base, { "src/new.js": [replace(0, 0, "")] }, origin);
  assert.ok("candidate" in empty);
  assert.deepEqual(empty.candidate.changes, [{ path: "src/new.js", start: 0, end: 0, text: "", created: true }]);
  const full = target.derive(empty.candidate, { "src/new.js": [replace(0, 0, "new")] }, origin);
  assert.ok("candidate" in full);
  assert.notEqual(full.candidate.id, empty.candidate.id);
  assert.deepEqual(target.filesOf(full.candidate), { "src/new.js": "new" });
  const edited = target.derive(full.candidate, { "src/new.js": [replace(0, 3, "old")] }, origin);
  assert.ok("candidate" in edited);
  assert.equal(target.textOf(edited.candidate, "src/new.js"), "old");
  const straight = target.derive(target.base, { "src/new.js": [replace(0, 0, "old")] }, origin);
  assert.equal("candidate" in straight ? straight.candidate.id : "", edited.candidate.id);
  for (const [path, where] of [
    ["other/new.js", target],
    ["src/new.js", new Target({ "src/a.js": "a" }, "tree")],
  ] as const) {
    const refused = where.derive(where.base, { [path]: [replace(0, 0, "x")] }, origin);
    assert.deepEqual(refused, { rejected: "not-editable", detail: path });
    assert.notEqual(where.refuses(path), null);
  }
});
