import assert from "node:assert/strict";
import { test } from "node:test";
import { DecisionCache } from "../src/gate/cache.ts";

const request = (id: string, time: number) => ({ subject: { id, roles: [] }, action: "read", resource: { path: "a" }, time });

test("cache forgets a subject", () => {
  const cache = new DecisionCache(10);
  for (const id of ["ann", "anna"]) cache.put(request(id, 0), { effect: "allow", reason: "" });
  cache.forget("ann");
  assert.equal(cache.get(request("ann", 1)), undefined);
  assert.equal(cache.get(request("anna", 1))?.effect, "allow");
  assert.equal(cache.size, 1);
});
