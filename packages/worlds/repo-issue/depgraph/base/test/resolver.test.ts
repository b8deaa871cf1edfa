import assert from "node:assert/strict";
import { test } from "node:test";
import { Registry } from "../src/resolve/registry.ts";
import { resolve } from "../src/resolve/resolver.ts";

const versions = (lock: ReadonlyMap<string, { version: string }>) =>
  Object.fromEntries([...lock].map(([name, { version }]) => [name, version]));

test("resolve takes what is needed", () => {
  const registry = new Registry()
    .publish({ name: "web", version: "1.0.0", needs: { http: "^2.0.0" } })
    .publish({ name: "http", version: "2.1.0" })
    .publish({ name: "http", version: "3.0.0" });
  assert.deepEqual(versions(resolve(registry, { web: "*" })), { web: "1.0.0", http: "2.1.0" });
});

test("resolve goes back to an older version", () => {
  const registry = new Registry()
    .publish({ name: "web", version: "1.0.0", needs: { http: "^1.0.0" } })
    .publish({ name: "web", version: "2.0.0", needs: { http: "^2.0.0" } })
    .publish({ name: "http", version: "1.5.0" });
  assert.deepEqual(versions(resolve(registry, { web: "*" })), { web: "1.0.0", http: "1.5.0" });
});

test("resolve with young packages", () => {
  const registry = new Registry()
    .publish({ name: "app", version: "1.0.0", needs: { beta: "^0.2.0" } })
    .publish({ name: "beta", version: "0.2.5" })
    .publish({ name: "beta", version: "0.3.0" });
  assert.deepEqual(versions(resolve(registry, { app: "*" })), { app: "1.0.0", beta: "0.2.5" });
});

test("resolve says who asks for what", () => {
  const registry = new Registry().publish({ name: "http", version: "1.0.0" });
  assert.throws(() => resolve(registry, { http: "^2.0.0" }), /project needs \^2\.0\.0/);
});
