import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { RunProgress } from "@pawl/improve";
import { probeSandbox } from "@pawl/verify";
import { createColors } from "picocolors";
import { BROKEN_SUM, LAUNCHER, makeProject, pawl } from "../fixture-pawl.ts";
import { width } from "../words.ts";
import { BudgetGauge } from "./describe.ts";
import { LineView } from "./lines.ts";
import { blockLines } from "./live.ts";

const ESCAPE = String.fromCodePoint(27);

const START: RunProgress = {
  run: "fix-1",
  phase: "running the tests",
  screened: 0,
  confirmed: 0,
  kept: 0,
  left: { evaluations: 200, seconds: 90 },
  seconds: 0.2,
};
const BUSY: RunProgress = {
  ...START,
  phase: "searching",
  trying: "swap < for <= at src/名前.js:12\n\u001b[2J",
  best: { summary: "negate the condition", fitness: 0.75 },
  base: 0.5,
  screened: 41,
  confirmed: 2,
  kept: 1,
  left: { evaluations: 150, seconds: 60 },
  seconds: 12,
};

test("lines: at a new phase, at a gain, and otherwise every few seconds at most", () => {
  const lines: string[] = [];
  let now = 0;
  const view = new LineView(
    (text) => void lines.push(text),
    () => now,
  );
  view.update(START);
  for (let screened = 1; screened <= 100; screened++) {
    now += 100;
    view.update({ ...START, phase: screened % 10 === 0 ? "confirming" : "searching", screened });
  }
  assert.equal(lines.length, 3, "the start, the search, and one after five seconds");
  view.update({ ...BUSY, kept: 1 });
  assert.equal(
    lines.at(-1),
    "[fix-1 12 s] searching: 41 screened, 2 confirmed, 1 kept; best 0.75 (from 0.5): negate the condition; 150 evaluations, 1 min 0 s left\n",
  );
});

test("the block fits any width and lets no control character of the project through", () => {
  for (const columns of [1, 5, 12, 20, 40, 60, 80, 200]) {
    const lines = blockLines(BUSY, new BudgetGauge(), columns, createColors(true), "⠋").map(stripVTControlCharacters);
    for (const line of lines) assert.ok(width(line) < Math.max(2, columns), `${columns}: ${JSON.stringify(line)}`);
    assert.doesNotMatch(lines.join(""), /\p{Cc}/u);
  }
});

test("the bar shows the scarcest unit", () => {
  const gauge = new BudgetGauge();
  assert.equal(gauge.left({ evaluations: 200, seconds: 90 }), 1);
  assert.equal(gauge.left({ evaluations: 150, seconds: 45 }), 0.5);
  assert.equal(gauge.left({ evaluations: 20, seconds: 45 }), 0.1);
  assert.equal(new BudgetGauge().left({}), null);
});

test("on a terminal the block is redrawn and gone at the end; --plain and NO_COLOR are honoured", async (t) => {
  if (!(await probeSandbox()).some((probe) => probe.works)) return t.skip("no sandbox works here");
  if (spawnSync("script", ["--version"]).error !== undefined) return t.skip("script not found");
  using project = makeProject(BROKEN_SUM);
  const onTerminal = (args: string, env: Readonly<Record<string, string>> = {}): string => {
    const { NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...inherited } = process.env;
    const done = spawnSync(
      "script",
      ["-qec", `stty cols 70; '${process.execPath}' '${LAUNCHER}' ${args}`, "/dev/null"],
      {
        cwd: project.root,
        encoding: "utf8",
        env: { ...inherited, ...project.env, TERM: "xterm", ...env },
      },
    );
    assert.equal(done.status, 0, done.stdout + done.stderr);
    return done.stdout;
  };
  const live = onTerminal("fix");
  assert.match(live.replaceAll(ESCAPE, "ESC"), /ESC\[\d+A/, "goes back up");
  assert.match(live.replaceAll(ESCAPE, "ESC"), /ESC\[\?25l[^]*ESC\[\?25h/, "hides the cursor and shows it again");
  assert.match(live.replaceAll(ESCAPE, "ESC"), /ESC\[32m\+ {2}for/, "a coloured patch");
  const plain = onTerminal("fix --plain");
  assert.ok(!plain.includes(ESCAPE));
  assert.match(plain, /\[fix-2 [\d.]+ s\] searching/);
  assert.ok(!onTerminal("show", { NO_COLOR: "1" }).includes(ESCAPE));
});

test("into a pipe: progress as lines on stderr, the report alone on stdout, no escape codes", async (t) => {
  if (!(await probeSandbox()).some((probe) => probe.works)) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  const { code, stdout, stderr } = await pawl(["fix"], { cwd: project.root, env: project.env });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Fixed in /);
  assert.match(stderr, /^\[fix-1 [\d.]+ s\] running the tests/m);
  assert.ok(!(stdout + stderr).includes(ESCAPE));
});
