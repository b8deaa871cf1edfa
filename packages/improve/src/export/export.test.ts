import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ExportPlace, RIGHT, SCREENED_WRONG, WRONG } from "./fixture-runs.ts";
import { EXPORT_FORMATS } from "./rows.ts";

test("only confirmed verdicts count; tampering, faults of the machine and mere screenings are in no row", (t) => {
  const place = new ExportPlace(t);
  place.record({
    tried: [
      SCREENED_WRONG,
      { line: "cheats", screened: "tampered" },
      { line: "cheats later", screened: "passed", confirmed: { status: "tampered", kept: false } },
      { line: "unlucky", screened: "infrastructure" },
      { line: "perhaps", screened: "passed" },
      WRONG,
      RIGHT,
    ],
  });
  const { rows, report } = place.export({ format: "kto" });
  const said = rows.map((row) => [JSON.stringify(row["completion"]).match(/\\n\+([a-z ]+)\\n/)?.[1], row["label"]]);
  assert.deepEqual(said, [
    ["right", true],
    ["flaky", false],
  ]);
  assert.equal(report.leftOut["failures that were only screened"], 1);
  const screened = place.export({ format: "kto", screened: true }).rows;
  assert.deepEqual(
    screened.map((row) => [row["label"], row.pawl.verdicts[0]]),
    [
      [true, "confirmed"],
      [false, "confirmed"],
      [false, "screened"],
    ],
  );
  assert.ok(!JSON.stringify(screened).includes("cheats"));
  assert.ok(!JSON.stringify(screened).includes("perhaps"));
});

test("a patch that fails held-out tests is the rejected one, and the tests are named nowhere", (t) => {
  const place = new ExportPlace(t);
  const heldOut = ["a.test.js > kept back", "a.test.js > adds > more"];
  const tried = [RIGHT, { ...RIGHT, line: "overfitted", heldOutFailures: 2 }];
  place.record({ tried, heldOut });
  for (const format of EXPORT_FORMATS) {
    const { rows } = place.export({ format });
    assert.ok(!JSON.stringify(rows).includes("kept back"), format);
    assert.equal(rows.length, { sft: 1, dpo: 1, kto: 2, grpo: 1, critique: 2, corrections: 0 }[format], format);
  }
  const [pair] = place.export({ format: "dpo" }).rows;
  assert.match(JSON.stringify(pair?.["chosen"]), /\+right/);
  assert.match(JSON.stringify(pair?.["rejected"]), /\+overfitted/);
});

test("a row in which the name of a held-out test stands after all is left out", (t) => {
  const place = new ExportPlace(t);
  const feedback = [{ kind: "test" as const, name: "a.test.js > kept back", message: "no" }];
  place.record({ tried: [RIGHT, { ...WRONG, feedback }], heldOut: ["a.test.js > kept back"] });
  const { rows, report } = place.export({ format: "corrections" });
  assert.equal(rows.length, 0);
  assert.equal(report.leftOut["rows with the name of a held-out test"], 1);
});

test("more kept patches than were opened: nobody can judge those", (t) => {
  const place = new ExportPlace(t);
  const tried = ["right", "b", "c", "d"].map((line) => ({ ...RIGHT, line }));
  place.record({ tried, heldOut: ["a.test.js > kept back"] });
  const { rows, report } = place.export({ format: "kto" });
  assert.equal(rows.length, 3);
  assert.equal(report.leftOut["candidates nobody can judge: held-out tests were not opened for it"], 1);
});

test("the same runs give the same bytes, in whatever order they are named", (t) => {
  const place = new ExportPlace(t);
  const first = place.record({ tried: [RIGHT, WRONG] });
  const second = place.record({ source: "other\n", tried: [RIGHT, WRONG] });
  for (const format of EXPORT_FORMATS) {
    const a = place.export({ format, runs: [first, second], screened: true }).report;
    const b = place.export({ format, runs: [second, first], screened: true }).report;
    assert.deepEqual(a.files, b.files);
    for (const name of a.files)
      assert.deepEqual(readFileSync(join(a.out, name)), readFileSync(join(b.out, name)), name);
  }
});

test("a second run of the same task adds no row twice, and a patch judged both ways is in none", (t) => {
  const place = new ExportPlace(t);
  place.record({ tried: [RIGHT, WRONG] });
  place.record({ tried: [RIGHT, { ...RIGHT, line: WRONG.line }] });
  const { rows, report } = place.export({ format: "kto" });
  assert.equal(rows.length, 1);
  assert.equal(report.leftOut["duplicate candidates"], 1);
  assert.equal(report.leftOut["patches with verdicts that contradict each other"], 1);
});

test("rows of a task are in one split, also when runs hold back other tests", (t) => {
  const place = new ExportPlace(t);
  const failing = ["a.test.js > adds"];
  for (let i = 0; i < 40; i++)
    for (const heldOut of [[], ["a.test.js > kept back"]])
      place.record({ source: `task ${i}\n`, tried: [RIGHT, { ...RIGHT, line: "also right" }], heldOut, failing });
  const { report } = place.export({ format: "kto", shares: [50, 25, 25] });
  const splitsByTask = new Map<string, Set<string>>();
  for (const name of report.files.filter((file) => file.endsWith(".jsonl")))
    for (const line of readFileSync(join(report.out, name), "utf8").trimEnd().split("\n")) {
      const { task } = (JSON.parse(line) as { pawl: { task: string } }).pawl;
      splitsByTask.set(task, (splitsByTask.get(task) ?? new Set()).add(name));
    }
  assert.equal(splitsByTask.size, 40);
  assert.ok([...splitsByTask.values()].every((names) => names.size === 1));
  const tasks = Object.values(report.splits).map((split) => split.tasks);
  assert.ok(
    tasks.every((n) => n >= 3),
    `${tasks}`,
  );
});

test("code under other licences, or under none, is not taken", (t) => {
  const none = new ExportPlace(t, {});
  none.record({ tried: [RIGHT] });
  assert.deepEqual(none.export({ format: "sft" }).report.leftOut, { "runs under licence unknown": 1 });
  assert.equal(none.export({ format: "sft", licences: ["unknown"] }).rows.length, 1);

  const copyleft = new ExportPlace(t, {
    "pyproject.toml": '[project]\nname = "x"\nlicense = { text = "GPL-3.0-only" }\n',
  });
  copyleft.record({ tried: [RIGHT] });
  assert.equal(copyleft.export({ format: "sft" }).rows.length, 0);
  assert.equal(copyleft.export({ format: "sft", licences: ["GPL-3.0-only"] }).rows[0]?.pawl.licence, "GPL-3.0-only");

  const header = new ExportPlace(t);
  header.record({ source: "wrong\n// SPDX-License-Identifier: GPL-2.0-only\n", tried: [RIGHT] });
  assert.equal(header.export({ format: "sft" }).rows.length, 0);
});

test("secrets are left out, or replaced", (t) => {
  const place = new ExportPlace(t);
  const key = ["ghp", "9zXk27QbTn40LmVpR8sYwE3uHdJf6CaGx1Zt"].join("_");
  place.record({ source: `wrong\nconst key = "${key}";\n`, tried: [RIGHT] });
  const { rows, report } = place.export({ format: "sft" });
  assert.equal(rows.length, 0);
  assert.equal(report.leftOut["rows with secrets"], 1);
  const redacted = place.export({ format: "sft", redact: true });
  assert.equal(redacted.rows.length, 1);
  for (const name of redacted.report.files)
    assert.ok(!readFileSync(join(redacted.report.out, name), "utf8").includes(key), name);
  assert.match(JSON.stringify(redacted.rows), /\[secret\]/);
});

test("no folder of this machine stands in a row", (t) => {
  const place = new ExportPlace(t);
  place.record({ tried: [RIGHT, WRONG] });
  for (const format of EXPORT_FORMATS)
    assert.ok(!JSON.stringify(place.export({ format, screened: true }).rows).includes(place.root), format);
});

test("somebody else's folder is not written to", (t) => {
  const place = new ExportPlace(t);
  place.record({ tried: [RIGHT] });
  const { out } = place.export({ format: "sft" }).report;
  assert.equal(place.export({ format: "kto", out }).rows.length, 1); // an earlier export is replaced
  writeFileSync(join(out, "thesis.txt"), "");
  assert.throws(() => place.export({ format: "sft", out }), /holds other files/);
  assert.throws(() => place.export({ format: "sft", out: join(out, "thesis.txt") }), /a file of that name/);
});
