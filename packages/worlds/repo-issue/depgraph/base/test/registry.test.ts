import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "../src/resolve/registry.ts";

test("registry gives the newest first", () => {
  const registry = new Registry()
    .publish({ name: "a", version: "1.0.0" })
    .publish({ name: "a", version: "1.10.0" })
    .publish({ name: "a", version: "1.9.0" });
  assert.deepEqual(
    registry.candidates("a", ["*"]).map(({ version }) => version),
    ["1.10.0", "1.9.0", "1.0.0"],
  );
});

test("registry keeps to all ranges", () => {
  const registry = new Registry().publish({ name: "a", version: "1.0.0" }).publish({ name: "a", version: "2.0.0" });
  assert.equal(registry.candidates("a", [">=1.0.0", "<2.0.0"]).length, 1);
});

test("registry with release candidates", () => {
  const registry = new Registry();
  for (const version of ["2.0.0-rc.2", "2.0.0", "2.0.0-rc.10"]) registry.publish({ name: "a", version });
  assert.deepEqual(
    registry.candidates("a", [">=2.0.0-rc.1"]).map(({ version }) => version),
    ["2.0.0", "2.0.0-rc.10", "2.0.0-rc.2"],
  );
});

test("registry refuses the same version twice", () => {
  assert.throws(() => new Registry().publish({ name: "a", version: "1.0.0" }).publish({ name: "a", version: "1.0.0" }));
});
