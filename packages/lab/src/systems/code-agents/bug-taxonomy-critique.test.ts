import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { loadRepairCorpus } from "@pawl/worlds";
import { currentResults, ResultsStore } from "../../results-store.ts";
import { system } from "./bug-taxonomy-critique.ts";

const RECORD = fileURLToPath(new URL("../../../../../docs/data/lab", import.meta.url));

test("on record is what learned from the train half by the other half alone, and what learned nothing by both", () => {
  const train = new Set(loadRepairCorpus({ split: "train" }).map(({ id }) => id));
  const results = currentResults(new ResultsStore(RECORD).read(system.id), { version: system.version, quick: false });
  assert.ok(results.length > 0);
  for (const { arm, rows, spent } of results) {
    const learned = ["learned", "trained", "trained-taxonomy"].includes(arm);
    assert.equal(
      rows.some(({ task }) => train.has(task)),
      !learned,
      arm,
    );
    if (learned)
      assert.equal(
        rows.reduce((sum, { values }) => sum + (values["spent"] ?? 0), 0),
        spent,
      );
  }
});
