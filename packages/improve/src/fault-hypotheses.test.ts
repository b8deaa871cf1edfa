import assert from "node:assert/strict";
import { test } from "node:test";
import { Target, unjudged, type Evaluated } from "@pawl/core";
import { Languages } from "@pawl/propose";
import { shippedModel } from "./experience.ts";
import { repairSettings } from "./fault-hypotheses.ts";

const SOURCE =
  "export function largest(list) {\n  let best = list[0];\n  for (const item of list) if (item < best) best = item;\n  return best;\n}\n";

test("hypotheses name kinds that the code can have, where it is suspicious, and change with how a candidate fails", async () => {
  const target = new Target({ "a.js": SOURCE, "b.js": "export const b = 1;\n" }, "tree");
  const { hypotheses, critic } = repairSettings({
    languages: await Languages.load(),
    model: shippedModel(),
    target,
    suspiciousness: { "a.js": [0, 0.2, 1, 0.2, 0, 0], "b.js": [0, 0] },
  });
  const failed = (message: string, expected: string, actual: string): Evaluated => {
    const base = unjudged(target.base);
    const feedback = [{ kind: "test", name: "t", message, expected, actual }] as const;
    return { ...base, verdict: { ...base.verdict, scores: { passed: [0] }, failing: ["t"], feedback } };
  };
  const other = failed("returned another value", "5", "1");
  const list = hypotheses?.(other, 10) ?? [];
  assert.equal(list.length, 10);
  assert.ok(
    list.every(({ text }) => text.includes("in a.js")),
    "nothing is suspicious in the other file",
  );
  assert.ok(
    list.some(({ text }) => text.includes("comparison-operator")),
    list.map(({ text }) => text).join("\n"),
  );
  const thrown = hypotheses?.(failed("threw TypeError: x is undefined", "5", "throws TypeError"), 10) ?? [];
  assert.notDeepEqual(
    thrown.map(({ text }) => text),
    list.map(({ text }) => text),
  );
  assert.equal(critic?.(other.verdict), 1);
});
