import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Store, Target, type EditNote, type Feedback } from "@pawl/core";
import { hintsOf } from "./hints.ts";
import { failedEdits, learnFrom } from "./learn.ts";
import { forgetLessons, learnLesson, listLessons, recallLessons, type Lesson } from "./lesson.ts";
import { lessonTexts } from "./lessons-for.ts";
import { normalised, symptomWords } from "./words.ts";

function storeFor(t: TestContext): Store {
  const folder = mkdtempSync(join(tmpdir(), "pawl-lessons-"));
  const store = Store.open(folder);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

const failure = (message: string, expected?: string, actual?: string): Feedback => ({
  kind: "test",
  name: "a.test.js > case",
  message,
  ...(expected === undefined ? {} : { expected }),
  ...(actual === undefined ? {} : { actual }),
});

const lesson = (run: string, operator: string, symptom: string, code = ""): Lesson => ({
  run,
  symptom: [symptom],
  code,
  failed: [{ operator: "swap-logical", nodeKind: "LogicalExpression", outcome: "failed", times: 3 }],
  repair: [{ operator, nodeKind: "BinaryExpression", outcome: "passed", times: 1 }],
  summary: `${operator} at a.js:1`,
  patch: "-a\n+b\n",
});

const OFF_BY_ONE = failure("Expected values to be strictly equal:\n\n41 !== 42", "42", "41");
const NOT_A_FUNCTION = failure("TypeError: records.map is not a function");

test("a failure of the same kind is found, with other values, paths and names", (t) => {
  const store = storeFor(t);
  const learn = (seen: Feedback, code: string, what: Lesson): void =>
    learnLesson(store, { failures: [seen], code }, what);
  learn(OFF_BY_ONE, "for (let i = 0; i < count; i++)", lesson("fix-1", "swap-comparison", "41 !== 42"));
  learn(NOT_A_FUNCTION, "records.map((record) => record.name)", lesson("fix-2", "swap-arguments", "TypeError"));
  const again = failure("Expected values to be strictly equal:\n\n6 !== 7", "7", "6");
  assert.equal(recallLessons(store, { failures: [again], code: "" })[0]?.run, "fix-1");
  const other = failure("TypeError: rows.map is not a function\n at /srv/x/y.js:3");
  assert.equal(recallLessons(store, { failures: [other], code: "" })[0]?.run, "fix-2");
  assert.equal(recallLessons(store, { failures: [], code: "i < count" })[0]?.run, "fix-1");
  assert.deepEqual(recallLessons(store, { failures: [], code: "" }), []);
});

test("values, paths and addresses are no part of a symptom", () => {
  assert.equal(
    normalised("at /home/me/a.js:3: 'x y' !== 0x1f, 3.5e7"),
    normalised('at /srv/b/c.js:17: "z" !== 0xff, -2'),
  );
  assert.match(symptomWords([OFF_BY_ONE]), /off_by_one/);
  assert.match(symptomWords([NOT_A_FUNCTION]), /type_typeerror/);
});

test("hints raise what repaired similar failures, more so on lines that look the same", () => {
  const recalled = [{ ...lesson("fix-1", "swap-comparison", "", "i < count"), key: "k", similarity: 1 }];
  const hint = hintsOf(recalled);
  const same = { operator: "swap-comparison", nodeKind: "BinaryExpression" };
  assert.ok(hint(same, "i < count") > hint(same, "total * price"));
  assert.ok(hint(same, "") > hint({ ...same, nodeKind: "Other" }, ""));
  assert.equal(hint({ ...same, operator: "swap-arguments" }, "i < count"), 0);
  assert.equal(hintsOf([])(same, "i < count"), 0);
});

test("texts for a prompt are whole and keep within their size", () => {
  const many = Array.from({ length: 20 }, (_, i) => ({
    ...lesson(`fix-${i}`, "swap-comparison", `message ${i}`),
    key: `${i}`,
    similarity: 1,
  }));
  const texts = lessonTexts(many, 700);
  assert.ok(texts.length > 1 && texts.join("").length <= 700);
  assert.match(texts[0] ?? "", /message 0[^]*swap-logical \(3 times\)[^]*swap-comparison at a.js:1[^]*\+b/);
});

test("no secret is stored", (t) => {
  const store = storeFor(t);
  const key = ["ghp", "9zXk27QbTn40LmVpR8sYwE3uHdJf6CaGx1Zt"].join("_");
  const seen = failure(`401 for ${key}`);
  learnLesson(
    store,
    { failures: [seen], code: `token = "${key}"` },
    lesson("fix-1", "swap-comparison", seen.message, key),
  );
  assert.equal(listLessons(store).length, 1);
  assert.match(listLessons(store)[0]?.code ?? "", /\[secret\]/);
  const bytes = ["", "-wal"].map((end) => readFileSync(`${store.path}${end}`, "latin1")).join("");
  assert.ok(!bytes.toLowerCase().includes("9zxk27qbtn40"));
});

test("the same failure in the same code is one lesson, and lessons can be forgotten", (t) => {
  const store = storeFor(t);
  for (const run of ["fix-1", "fix-2"])
    learnLesson(store, { failures: [OFF_BY_ONE], code: "" }, lesson(run, "swap-comparison", "a"));
  learnLesson(store, { failures: [NOT_A_FUNCTION], code: "" }, lesson("fix-3", "swap-arguments", "b"));
  const all = listLessons(store);
  assert.deepEqual(
    all.map(({ run }) => run),
    ["fix-3", "fix-2"],
  );
  assert.equal(forgetLessons(store, [all[0]?.key ?? ""]), 1);
  assert.equal(forgetLessons(store), 1);
  assert.equal(forgetLessons(store), 0);
});

test("what a run has taught: the lines that were changed, what failed how often, and the repair", (t) => {
  const store = storeFor(t);
  const source = "one\ntwo\nthree\nfour\n";
  const target = new Target({ "a.js": source }, "tree");
  const at = source.indexOf("three");
  const edits = { "a.js": [{ start: at, end: at + 5, text: "THREE" }] };
  const derived = target.derive(target.base, edits, { proposer: "test", summary: "shout" });
  assert.ok("candidate" in derived);
  const note = (operator: string): EditNote => ({
    operator,
    nodeKind: "Word",
    faultClass: "constant",
    path: "a.js",
    line: 3,
    suspiciousness: 1,
    weight: 1,
  });
  learnFrom(store, {
    run: "fix-1",
    situation: { failures: [OFF_BY_ONE], code: "" },
    target,
    failed: [note("b"), note("a"), note("b")],
    repair: [note("shout")],
    best: derived.candidate,
  });
  const [learned] = listLessons(store);
  assert.equal(learned?.code, "two\nthree\nfour");
  assert.deepEqual(
    learned?.failed.map(({ operator, times }) => [operator, times]),
    [
      ["b", 2],
      ["a", 1],
    ],
  );
  assert.match(learned?.patch ?? "", /-three\n\+THREE/);
  assert.deepEqual(failedEdits([]), []);
});
