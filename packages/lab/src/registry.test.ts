import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CATALOGUE } from "./catalogue.ts";
import { STAGES } from "./overview.ts";
import { builtSystems, loadSystem } from "./registry.ts";

test("the catalogue has 82 systems, each once", () => {
  assert.equal(new Set(CATALOGUE.map(({ id }) => id)).size, 82);
  assert.equal(CATALOGUE.length, 82);
});

describe("every recipe", () => {
  for (const id of builtSystems()) {
    test(`${id} is whole`, async () => {
      const system = await loadSystem(id);
      assert.equal(system.id, id);
      for (const text of [system.paper.title, system.paper.claim, system.mechanism, system.budget])
        assert.ok(text.trim() !== "");
      assert.ok(system.stages.length > 0 && system.stages.every((stage) => STAGES.includes(stage)));
      const arms = system.arms.map((arm) => arm.id);
      assert.equal(new Set(arms).size, arms.length, "an arm twice");
      assert.ok(system.arms.some(({ role }) => role === "method"));
      assert.ok(
        system.arms.some(({ role }) => role === "baseline" || role === "control"),
        "nothing to compare with",
      );
      const inequalities = [...(system.preconditions ?? []), ...system.claim];
      assert.ok(system.claim.length > 0, "claims nothing");
      assert.equal(new Set(inequalities.map((each) => each.id)).size, inequalities.length, "an inequality twice");
      for (const { id: name, left, right, atLeast, atMost, since, history = [] } of inequalities) {
        for (const arm of right === undefined ? [left] : [left, right])
          assert.ok(arms.includes(arm), `${name}: ${arm}`);
        assert.ok(Number.isFinite(atLeast ?? atMost), `${name} has no margin`);
        for (const day of [since, ...history.map(({ until }) => until)]) assert.match(day, /^\d{4}-\d\d-\d\d$/);
      }
      assert.ok(
        (system.seeds ?? 5) >= 5 || inequalities.every(({ gated }) => !gated),
        "too few seeds to claim anything",
      );
    });
  }
});
