import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { Languages, speedEdits } from "@pawl/propose";
import { loadSpeedCorpus, type SpeedTask } from "@pawl/worlds";
import { functionsTogether } from "./functions-together.ts";

const tasks = loadSpeedCorpus().filter(({ language }) => language !== "python");

test("functions together give what each gives alone, on inputs no larger than each takes", async () => {
  const [first] = tasks as [SpeedTask];
  const small = tasks.find(({ family }) => family.sizes[1] < 1000) as SpeedTask;
  const chosen = [first, tasks.find(({ language }) => language === "typescript") as SpeedTask, small];
  const together = functionsTogether(chosen);
  const folder = mkdtempSync(join(tmpdir(), "pawl-together-"));
  try {
    const load = async ({ file, source, call }: SpeedTask): Promise<(...input: unknown[]) => unknown> => {
      writeFileSync(join(folder, file), source);
      const loaded = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, never>;
      return loaded[call] as unknown as (...input: unknown[]) => unknown;
    };
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const all = await load(together);
    const each = await Promise.all(chosen.map(load));
    const inputs = together.family.make("repeated", 30, Rng.of(1)) as unknown[][];
    assert.deepEqual(
      all(...structuredClone(inputs)),
      each.map((one, i) => one(...structuredClone(inputs[i] as unknown[]))),
    );
    const large = together.family.make("distinct", 5000, Rng.of(1)) as unknown[][];
    const ownLargest = small.family.make("distinct", small.family.sizes[1], Rng.of(1)) as unknown[];
    assert.ok(JSON.stringify(large[2]).length < 4 * JSON.stringify(ownLargest).length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a task of several functions allows the rewrites of all of them", async () => {
  const languages = await Languages.load();
  const count = ({ source, file }: SpeedTask): number => speedEdits(languages, source, file).length;
  const chosen = tasks.slice(0, 3);
  assert.ok(count(functionsTogether(chosen)) >= chosen.reduce((sum, task) => sum + count(task), 0));
});

test("Python is refused", () => {
  const python = loadSpeedCorpus().find(({ language }) => language === "python") as SpeedTask;
  assert.throws(() => functionsTogether([python]), RangeError);
});
