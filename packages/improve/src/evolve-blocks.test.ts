import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UsageError } from "@pawl/core";
import { evolve } from "./evolve.ts";
import { replayRun } from "./resume.ts";
import { patchOf } from "./runs.ts";

const RULE = `// pawl:block gain
export function gain(x) {
  return x * 3 - 4;
}
// pawl:end
export const untouched = 1;
// pawl:block loss
export function loss(x) {
  return x * 2 + 1;
}
// pawl:end
`;
const SCORE = `import { gain, loss, untouched } from "./rule.js";
export const score = () => ({ value: untouched * gain(5), cost: loss(5) });
`;

function project(rule: string): Disposable & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), "pawl-evolve-blocks-"));
  writeFileSync(join(root, "package.json"), '{"type":"module"}');
  writeFileSync(join(root, "rule.js"), rule);
  writeFileSync(join(root, "score.js"), SCORE);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

const OPTIONS = {
  files: ["rule.js"],
  score: "score.js#score",
  objective: "value,cost:min",
  search: "nsga2",
  blocks: true,
  baselines: false,
  budget: { evaluations: 36 },
  seed: 3,
  unsafe: true,
} as const;

test("blocks against two numbers: a front that nobody beats, edits inside of the blocks alone, and the same again in a replay", async () => {
  using made = project(RULE);
  const state = join(made.root, ".pawl");
  const result = await evolve({ root: made.root, ...OPTIONS });
  assert.equal(result.status, "improved");
  const front = result.front ?? [];
  assert.ok(front.length > 0);
  for (const a of front)
    for (const b of front) {
      const [value, cost] = [b.scores["value"] as number, b.scores["cost"] as number];
      const beaten = value >= (a.scores["value"] as number) && cost <= (a.scores["cost"] as number);
      assert.ok(a === b || !beaten, `${a.candidate} is beaten by ${b.candidate}`);
    }
  for (const { candidate } of front) {
    const changed = patchOf(state, result.run, candidate)
      .split("\n")
      .filter((line) => /^[+-](?![+-])/.test(line));
    assert.ok(
      changed.every((line) => !/untouched|pawl:/.test(line)),
      changed.join("\n"),
    );
  }
  const replay = await replayRun({ state, run: result.run });
  assert.equal(replay.identical, true);
});

test("markers that are not in order, and proposers that know no blocks, are said", async () => {
  using open = project(RULE.replace("// pawl:end\n", ""));
  await assert.rejects(
    evolve({ root: open.root, ...OPTIONS }),
    (error) => error instanceof UsageError && /inside of the block 'gain'/.test(error.message),
  );
  using none = project(RULE.replaceAll(/\/\/ pawl.*\n/g, ""));
  await assert.rejects(evolve({ root: none.root, ...OPTIONS }), /no marked blocks/);
  using numbers = project(RULE);
  await assert.rejects(evolve({ root: numbers.root, ...OPTIONS, proposer: "gaussian" }), /knows no blocks/);
});
