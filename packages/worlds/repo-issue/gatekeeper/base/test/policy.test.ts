import assert from "node:assert/strict";
import { test } from "node:test";
import { applies, decisive, type Policy } from "../src/policy/policy.ts";

const request = { subject: { id: "ann", roles: [] }, action: "file:read", resource: { path: "projects/7" }, time: 0 };
const policy = (more: Partial<Policy>): Policy => ({ id: "p", effect: "allow", actions: ["*"], paths: ["**"], ...more });

test("policy applies to roles", () => {
  assert.ok(applies(policy({ roles: ["editor"] }), request, ["editor"]));
  assert.ok(!applies(policy({ roles: ["editor"] }), request, ["reader"]));
  assert.ok(applies(policy({}), request, []));
});

test("policy that is more exact wins", () => {
  const wide = policy({ id: "wide", effect: "deny" });
  const exact = policy({ id: "exact", paths: ["projects/*"] });
  assert.equal(decisive([wide, exact], "projects/7")?.id, "exact");
});
