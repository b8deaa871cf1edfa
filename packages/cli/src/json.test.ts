import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { takeTour, type Answer } from "./fixture-tour.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

test("every command's JSON document has the documented shape, and the documented exit code", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasSandbox) return t.skip("no sandbox works here");
  const recorded = JSON.parse(
    readFileSync(new URL("../../../docs/data/json-examples.json", import.meta.url), "utf8"),
  ) as readonly Answer[];
  const answers = await takeTour();
  assert.deepEqual(
    answers.map(({ line, exitCode }) => [line, exitCode]),
    recorded.map(({ line, exitCode }) => [line, exitCode]),
  );
  for (const [i, { line, document }] of answers.entries())
    assert.deepEqual(shapeOf(document), shapeOf(recorded[i]?.document), line);
  const applied = answers.find(({ line }) => line === "pawl fix --apply")?.document as { applied: unknown };
  assert.deepEqual(applied.applied, ["sum.js"]);
});

/** Names and kinds of the fields; of a list, the shape of its first element. Details that differ between machines are left out. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !["languages", "problems", "config", "leftOut"].includes(key))
      .map(([key, inner]) => [key, shapeOf(inner)]),
  );
}
