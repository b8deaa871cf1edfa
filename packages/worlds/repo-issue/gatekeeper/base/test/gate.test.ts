import assert from "node:assert/strict";
import { test } from "node:test";
import { DecisionCache } from "../src/gate/cache.ts";
import { Gate } from "../src/gate/gate.ts";
import { parsePolicies } from "../src/policy/parse.ts";
import { Assignments } from "../src/roles/assignments.ts";
import { RoleHierarchy } from "../src/roles/hierarchy.ts";

const hierarchy = new RoleHierarchy()
  .define({ name: "reader", permissions: ["file:read projects/**"] })
  .define({ name: "editor", inherits: ["reader"], permissions: ["file:write projects/**"] })
  .define({ name: "lead", inherits: ["editor"], permissions: ["member:* projects/*"] });

const setup = (policies = "", cache?: DecisionCache) => {
  const assignments = new Assignments();
  const gate = new Gate({ hierarchy, assignments, policies: parsePolicies(policies), ...(cache ? { cache } : {}) });
  const ask = (id: string, action: string, path: string, time = 0, roles: string[] = []) =>
    gate.check({ subject: { id, roles, groups: ["crew"] }, action, resource: { path }, time }).effect;
  return { assignments, ask };
};

test("gate hears the roles", () => {
  const { ask } = setup();
  assert.equal(ask("ann", "file:write", "projects/1/a", 0, ["editor"]), "allow");
  assert.equal(ask("ann", "file:write", "projects/1/a", 0, ["reader"]), "deny");
});

test("gate hears inherited roles of all levels", () => {
  assert.equal(setup().ask("ann", "file:read", "projects/1", 0, ["lead"]), "allow");
});

test("gate gives groups what they were given", () => {
  const { assignments, ask } = setup();
  assignments.give("group:crew", "editor");
  assert.equal(ask("bob", "file:write", "projects/1/a"), "allow");
});

test("gate ends a role on time", () => {
  const { assignments, ask } = setup();
  assignments.give("bob", "editor", 1000);
  assert.equal(ask("bob", "file:write", "projects/1/a", 999), "allow");
  assert.equal(ask("bob", "file:write", "projects/1/a", 1000), "deny");
});

test("gate lets a denial win", () => {
  const { ask } = setup("allow * on projects/* for editor\ndeny file:write on projects/* for editor");
  assert.equal(ask("ann", "file:write", "projects/1", 0, ["editor"]), "deny");
  assert.equal(ask("ann", "file:read", "projects/1", 0, ["editor"]), "allow");
});

test("gate opens the folder itself", () => {
  const { ask } = setup("allow file:list on shared/**");
  assert.equal(ask("ann", "file:list", "shared/a/b"), "allow");
  assert.equal(ask("ann", "file:list", "shared"), "allow");
});

test("gate remembers for a while", () => {
  const { assignments, ask } = setup("", new DecisionCache(100));
  assignments.give("bob", "editor");
  assert.equal(ask("bob", "file:write", "projects/1/a", 1_000), "allow");
  assignments.take("bob", "editor");
  assert.equal(ask("bob", "file:write", "projects/1/a", 1_099), "allow");
  assert.equal(ask("bob", "file:write", "projects/1/b", 1_099), "deny");
  assert.equal(ask("bob", "file:write", "projects/1/a", 1_100), "deny");
});
