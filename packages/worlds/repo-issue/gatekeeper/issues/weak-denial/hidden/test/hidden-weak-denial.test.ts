import assert from "node:assert/strict";
import { test } from "node:test";
import { decisive, type Policy } from "../src/policy/policy.ts";

const policy = (id: string, effect: "allow" | "deny", ...paths: string[]): Policy => ({ id, effect, actions: ["*"], paths });

test("hidden: denial wins in any order", () => {
  const [yes, no] = [policy("yes", "allow", "a/*"), policy("no", "deny", "a/*")];
  assert.equal(decisive([yes, no], "a/b")?.id, "no");
  assert.equal(decisive([no, yes], "a/b")?.id, "no");
});

test("hidden: of three with the same weight", () => {
  const policies = [policy("1", "allow", "a/b", "**"), policy("2", "deny", "**"), policy("3", "deny", "a/b")];
  assert.equal(decisive(policies, "a/b")?.id, "3");
  assert.equal(decisive(policies.toReversed(), "a/b")?.id, "3");
});
