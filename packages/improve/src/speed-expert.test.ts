import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { ExpertDesk } from "@pawl/propose";
import { probeSandbox } from "@pawl/verify";
import { replayRun } from "./resume.ts";
import { hottestLine } from "./speed-expert.ts";
import { speed } from "./speed.ts";

const works = (await probeSandbox()).some((probe) => probe.works);
const skip = !works ? "no sandbox works here" : process.env["PAWL_SLOW"] === "1" ? false : "PAWL_SLOW=1 is not set";

const SLOW = `export function common(a, b) {
  const out = [];
  for (const item of a) if (b.includes(item)) out.push(item);
  return out;
}
`;

test("the hottest line by its place; where none is warm none is named", () => {
  assert.equal(hottestLine("a.js", [0, 0.2, 0.7, 0.05]), "a.js:3");
  assert.equal(hottestLine("a.js", [0.02, 0.05]), null);
  assert.equal(hottestLine("a.js", []), null);
});

test("a person's veto keeps the function as it was, and a replay asks nobody", { skip }, async () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-speed-expert-"));
  try {
    writeFileSync(join(root, "package.json"), '{"type":"module"}');
    writeFileSync(join(root, "common.js"), SLOW);
    const asked: boolean[] = [];
    const desk: ExpertDesk = {
      async review(_trial, choice) {
        asked.push(choice);
        return { decision: choice ? "veto" : "keep", families: null };
      },
    };
    const examples = [
      [
        [1, 2, 3, 2],
        [2, 3, 9],
      ],
      [[5, 6], []],
    ];
    const common = { root, target: "common.js#common", examples, budget: { evaluations: 3 } };
    const result = await speed({ ...common, expert: "me", expertDesk: desk });
    assert.equal(result.status, "not-faster");
    assert.ok(asked.includes(true), "a set is faster, so that there was something to keep");
    const state = join(root, ".pawl");
    const replay = await replayRun({
      state,
      run: result.run,
      expertDesk: { review: () => Promise.reject(new Error("asked again")) },
    });
    assert.equal(replay.identical, true);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
