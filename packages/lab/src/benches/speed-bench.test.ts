import assert from "node:assert/strict";
import { test } from "node:test";
import type { LoopResult } from "@pawl/core";
import { loadSpeedCorpus, type SpeedTask } from "@pawl/worlds";
import { SpeedBench } from "./speed-bench.ts";
import { speedDialogue } from "./speed-dialogue.ts";

const { signal } = new AbortController();

/** Every proposal with the times it was told, which no two measurements give alike. */
function toldBy({ archive }: LoopResult): readonly unknown[] {
  return Array.from({ length: archive.size - 1 }, (_, i) => {
    const { candidate, verdict } = archive.at(i + 1);
    return [candidate.id, verdict.scores];
  });
}

test("what was measured with a seed is told to every arm, and measured anew with another seed", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const task = loadSpeedCorpus().find(({ language }) => language === "javascript") as SpeedTask;
  const bench = await SpeedBench.open(task, signal);
  try {
    const run = (seed: number): Promise<LoopResult> =>
      speedDialogue(bench, { profile: true, expert: false, evaluations: 2, seed }, signal);
    const [first, together] = await Promise.all([run(1), run(1)]);
    const told = toldBy(first);
    assert.ok(told.length > 0);
    assert.deepEqual(toldBy(together), told);
    assert.deepEqual(toldBy(await run(1)), told);
    assert.notDeepEqual(toldBy(await run(2)), told);

    const files = { [task.file]: `// the same\n${task.source}` };
    const word = await bench.accept(files, 3, 1, signal);
    assert.equal(await bench.accept(files, 3, 1, signal), word);
    assert.notEqual((await bench.accept(files, 3, 2, signal)).ratio, word.ratio);
  } finally {
    await bench.close();
  }
});
