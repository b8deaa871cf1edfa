import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Submission, Verdict } from "@pawl/core";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";
import { parseScore, ScoreCheck, type ScoreCheckOptions } from "./score-check.ts";
import { type ProjectSnapshot, removeSnapshot, takeSnapshot } from "./snapshot.ts";

const skip = (await probeSandbox()).some((probe) => probe.works) ? false : "no sandbox works here";
const signal = new AbortController().signal;

test("the last line of output is the score", () => {
  assert.deepEqual(parseScore("working\n 12.5 \n\n"), { score: 12.5 });
  assert.deepEqual(parseScore("-1e3"), { score: -1000 });
  assert.deepEqual(parseScore('{"cost": 3, "score": 2}\r\n'), { score: 2, cost: 3 });
  assert.deepEqual(Object.keys(parseScore('{"cost": 3, "score": 2}')), ["score", "cost"]);
  assert.deepEqual(parseScore('{"cost": 3}'), { cost: 3 });
  for (const bad of [
    "",
    "NaN",
    "Infinity",
    "1e999",
    "null",
    "[1]",
    "{}",
    '{"score":"1"}',
    '{"score":1,"note":null}',
    "0x10",
    "12 points",
  ]) {
    assert.match(String(parseScore(bad)), bad === "" ? /printed nothing/ : /not a finite number/, bad);
  }
});

describe("score check", { skip }, () => {
  let root = "";
  let sandbox: Sandbox;
  let snapshot: ProjectSnapshot;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), "pawl-score-"));
    writeFileSync(join(root, "value.mjs"), "export const value = 1;\n");
    writeFileSync(
      join(root, "score.mjs"),
      "import { value } from './value.mjs';\nconsole.log('scoring');\nconsole.log(typeof value === 'function' ? value() : value);\n",
    );
    writeFileSync(
      join(root, "function.mjs"),
      "import { value } from './value.mjs';\nexport const score = () => (typeof value === 'function' ? value() : { other: 1, score: value });\n",
    );
    snapshot = await takeSnapshot(root);
    sandbox = await openSandbox();
  });
  after(async () => {
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true });
  });

  const judge = async (
    score: ScoreCheckOptions["score"],
    value: string,
    how: "screen" | "confirm",
    timeoutMs = 5000,
  ): Promise<Verdict> => {
    const check = new ScoreCheck({ sandbox, snapshot, score, repeats: 3, timeoutMs });
    const submission: Submission = {
      candidate: { id: "", changes: [], parents: [], origin: { proposer: "", summary: "" } },
      files: { "value.mjs": `export const value = ${value};\n` },
    };
    try {
      return await check[how](submission, signal);
    } finally {
      await check.close();
    }
  };
  const COMMAND = { argv: ["node", "score.mjs"] };
  const FUNCTION = { module: "function.mjs", export: "score" };

  test("a command: one run to screen, several to confirm", async () => {
    const screened = await judge(COMMAND, "7", "screen");
    assert.deepEqual([screened.status, screened.scores], ["passed", { score: [7] }]);
    const confirmed = await judge(COMMAND, "JSON.stringify({ score: 2, size: 3 })", "confirm");
    assert.deepEqual(confirmed.scores, { score: [2, 2, 2], size: [3, 3, 3] });
    assert.ok(confirmed.cost.cpuMs > 0);
  });

  test("a command that gives no score", async () => {
    const nothing = await judge(COMMAND, "NaN", "confirm");
    assert.deepEqual([nothing.status, nothing.scores], ["error", {}]);
    assert.match(nothing.feedback[0]?.message ?? "", /"NaN"/);
    const thrown = await judge(COMMAND, "() => { throw new Error('broken'); }", "screen");
    assert.equal(thrown.status, "failed");
    assert.match(thrown.feedback[0]?.message ?? "", /exit code 1[^]*broken/);
    assert.equal((await judge(COMMAND, "() => { for (;;); }", "screen", 500)).status, "timeout");
  });

  test("a function: warm to screen, fresh to confirm", async () => {
    const screened = await judge(FUNCTION, "7", "screen");
    assert.deepEqual([screened.status, screened.scores], ["passed", { score: [7], other: [1] }]);
    assert.deepEqual((await judge(FUNCTION, "async () => 0.5", "confirm")).scores, { score: [0.5, 0.5, 0.5] });
  });

  for (const how of ["screen", "confirm"] as const) {
    test(`a function that gives no score: ${how}`, async () => {
      assert.match((await judge(FUNCTION, "() => Infinity", how)).feedback[0]?.message ?? "", /Infinity/);
      assert.equal((await judge(FUNCTION, "() => ({})", how)).status, "error");
      const thrown = await judge(FUNCTION, "() => { throw new Error('broken'); }", how);
      assert.deepEqual([thrown.status, thrown.feedback[0]?.message], ["failed", "Error: broken"]);
      assert.equal((await judge(FUNCTION, "(", how)).status, "error");
      assert.equal((await judge(FUNCTION, "() => { for (;;); }", how, 700)).status, "timeout");
    });
  }
});
