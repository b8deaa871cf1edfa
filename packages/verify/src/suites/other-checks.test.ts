import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutOtherChecks } from "./other-checks.ts";

test("linters and audits of an && chain are left out", () => {
  for (const [line, rest, left] of [
    ["eslint lib && c8 jest && npm audit", "c8 jest", ["eslint lib", "npm audit"]],
    ["jest && npx npm@'>=10.2' audit --production", "jest", ["npx npm@'>=10.2' audit --production"]],
    ["tsc && npx --no-install eslint . && mocha", "tsc && mocha", ["npx --no-install eslint ."]],
    ["standard && export A=1; mocha", "export A=1; mocha", ["standard"]],
    ["prettier --check . && vitest run", "vitest run", ["prettier --check ."]],
    ["mocha", "mocha", []],
  ] as const) {
    assert.deepEqual(withoutOtherChecks(line), { line: rest, left });
  }
});

test("a check that is all there is, or that is more than a member of the chain, stays", () => {
  for (const line of [
    "eslint .",
    "eslint . && prettier --check .",
    "eslint . || mocha",
    "(eslint . && mocha)",
    "eslint . | tee x && mocha",
  ])
    assert.deepEqual(withoutOtherChecks(line), { line, left: [] });
});
