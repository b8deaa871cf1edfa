import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "../src/resolve/registry.ts";
import { resolve } from "../src/resolve/resolver.ts";

const versions = (lock: ReadonlyMap<string, { version: string }>) =>
  Object.fromEntries([...lock].map(([name, { version }]) => [name, version]));

test("hidden: two steps back", () => {
  const registry = new Registry()
    .publish({ name: "a", version: "1.0.0" })
    .publish({ name: "a", version: "2.0.0", needs: { b: "^2.0.0" } })
    .publish({ name: "a", version: "3.0.0", needs: { b: "^3.0.0" } })
    .publish({ name: "b", version: "1.0.0" });
  assert.deepEqual(versions(resolve(registry, { a: "*" })), { a: "1.0.0" });
});

test("hidden: a choice made before is changed", () => {
  const registry = new Registry()
    .publish({ name: "x", version: "1.0.0" })
    .publish({ name: "x", version: "2.0.0" })
    .publish({ name: "y", version: "1.0.0", needs: { x: "^1.0.0" } });
  assert.deepEqual(versions(resolve(registry, { x: "*", y: "*" })), { x: "1.0.0", y: "1.0.0" });
});
