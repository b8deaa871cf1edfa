import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { SoftmaxPolicy, type StepReward } from "./softmax-policy.ts";

/** `good` gains from everywhere; `rich` is only ever used where much is reached already, and loses some of it. */
function trained(reward: StepReward): Readonly<Record<string, number>> {
  const policy = new SoftmaxPolicy({ reward });
  const rng = Rng.of(1, reward);
  for (let n = 0; n < 3000; n++) {
    if (rng.uniform() < 0.5) policy.learn(["good"], 0.3, 0.1);
    else policy.learn(["rich"], 0.8, 0.9);
  }
  return policy.logits();
}

test("the potential reward prefers what gains, the final one what is used where much is reached", () => {
  const potential = trained("potential");
  assert.ok((potential["good"] ?? 0) > (potential["rich"] ?? 0));
  const final = trained("final");
  assert.ok((final["rich"] ?? 0) > (final["good"] ?? 0));
});

test("a group with one reward moves nothing, and logits keep their sum", () => {
  const policy = new SoftmaxPolicy({ reward: "final", group: 2 });
  policy.learn(["a"], 0.5, 0);
  policy.learn(["b"], 0.5, 0);
  assert.deepEqual(policy.logits(), { a: 0, b: 0 });
  policy.learn(["a"], 1, 0);
  policy.learn(["b"], 0, 0);
  const { a = 0, b = 0 } = policy.logits();
  assert.ok(a > 0 && Math.abs(a + b) < 1e-12);
  assert.equal(policy.updates, 2);
});
