import assert from "node:assert/strict";
import { test } from "node:test";
import { DecisionCache } from "../src/gate/cache.ts";
import { holds, withinHours } from "../src/policy/condition.ts";

const request = (time: number) => ({ subject: { id: "a", roles: [] }, action: "read", resource: { path: "a" }, time });

test("hidden: the hours of a night", () => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => withinHours(hour, 22, 6));
  assert.deepEqual(hours, [0, 1, 2, 3, 4, 5, 22, 23]);
});

test("hidden: a night as a condition", () => {
  const night = { kind: "hours", from: 20, to: 4 } as const;
  assert.ok(holds(night, request(Date.UTC(2024, 3, 1, 2, 30))));
  assert.ok(!holds(night, request(Date.UTC(2024, 3, 1, 12))));
});

test("hidden: entries live from when they were put", () => {
  const cache = new DecisionCache(60);
  cache.put(request(1_000_000), { effect: "deny", reason: "r" });
  assert.equal(cache.get(request(1_000_059))?.effect, "deny");
  assert.equal(cache.get(request(1_000_060)), undefined);
  assert.equal(cache.size, 0);
});
