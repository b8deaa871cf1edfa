import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { openSandbox, probeSandbox, recordBehaviour, removeSnapshot, takeSnapshot } from "@pawl/verify";
import { loadSpeedCorpus } from "./corpus.ts";

const skip = (await probeSandbox()).some((probe) => probe.works) ? false : "no sandbox works here";
const noPython = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 not found";

test("at least 40 functions, about half of them Python, half of each for testing, three distributions each", () => {
  const tasks = loadSpeedCorpus();
  assert.ok(tasks.length >= 40, String(tasks.length));
  const python = tasks.filter((task) => task.language === "python");
  assert.ok(Math.abs(python.length / tasks.length - 0.5) < 0.1, String(python.length));
  for (const group of [python, tasks.filter((task) => task.language !== "python")]) {
    const tests = group.filter((task) => task.split === "test").length;
    assert.ok(Math.abs(tests / group.length - 0.5) < 0.1);
  }
  assert.equal(new Set(tasks.map((task) => task.id)).size, tasks.length);
  for (const task of tasks) assert.equal(task.family.distributions.length, 3);
});

test("inputs depend on the size, the distribution and the seed, and on nothing else", () => {
  for (const { id, family } of loadSpeedCorpus()) {
    const size = Math.min(40, family.sizes[1]);
    for (const kind of family.distributions) {
      const text = (seed: number, n: number): string => JSON.stringify(family.make(kind, n, Rng.of(seed, id)));
      assert.equal(text(1, size), text(1, size), id);
      assert.ok(text(1, size).length >= text(1, family.sizes[0]).length, `${id} ${kind}`);
    }
  }
});

test("every function answers all its examples without an error", { skip: skip || noPython }, async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const folder = mkdtempSync(join(tmpdir(), "pawl-speed-world-"));
  const tasks = loadSpeedCorpus();
  for (const { file, source } of tasks) writeFileSync(join(folder, file), source);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const sandbox = await openSandbox();
  const snapshot = await takeSnapshot(folder);
  try {
    for (const { id, file, call, examples } of tasks) {
      const measured = { sandbox, snapshot, module: file, call };
      const { outcomes } = await recordBehaviour(measured, {}, examples, 60_000, new AbortController().signal);
      for (const outcome of outcomes) assert.equal(outcome.error, undefined, `${id}: ${outcome.message}`);
      assert.ok(new Set(outcomes.map((outcome) => outcome.value)).size > 1, `${id} always gives the same`);
    }
  } finally {
    await removeSnapshot(snapshot);
    rmSync(folder, { recursive: true });
  }
});
