import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile } from "@pawl/core";
import { Languages } from "@pawl/propose";
import { loadCompoundTasks } from "@pawl/worlds";
import { testTasks, trainTasks } from "./repair-tasks.ts";

test("half of the compound tasks allow 160 to 290 single edits: more than a few dozen evaluations can exhaust", async () => {
  const languages = await Languages.load();
  const counts = loadCompoundTasks().map(({ buggy, operators }) =>
    Object.entries(buggy).reduce((sum, [path, text]) => {
      const language = languages.of(path);
      const parsed = language?.parse(text, path) ?? null;
      if (language === null || parsed === null) throw new Error(`${path} does not parse`);
      return (
        sum + [...language.edits(parsed, { ingredients: [] })].filter((edit) => operators.has(edit.operator)).length
      );
    }, 0),
  );
  assert.ok(quantile(counts, 0.25) >= 160 && quantile(counts, 0.75) <= 290, String(counts));
});

test("what is learned on is never measured", () => {
  const most = Infinity;
  const ids = ({ compound, single }: ReturnType<typeof testTasks>) => [...compound, ...single].map(({ id }) => id);
  const learnedOn = new Set(ids(trainTasks({ most })));
  assert.ok(learnedOn.size > 60);
  assert.deepEqual(
    ids(testTasks({ most })).filter((id) => learnedOn.has(id)),
    [],
  );
});
