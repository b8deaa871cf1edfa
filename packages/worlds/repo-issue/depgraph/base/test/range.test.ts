import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRange, satisfies } from "../src/version/range.ts";
import { parseVersion } from "../src/version/version.ts";

const fits = (version: string, range: string) => satisfies(parseVersion(version), parseRange(range));

test("range with bounds", () => {
  assert.ok(fits("1.5.0", ">=1.0.0 <2.0.0"));
  assert.ok(!fits("2.0.0", ">=1.0.0 <2.0.0"));
  assert.ok(fits("7.0.0", "*"));
});

test("range with alternatives", () => {
  assert.ok(fits("3.0.0", "1.0.0 || 3.0.0"));
  assert.ok(!fits("2.0.0", "1.0.0 || 3.0.0"));
});

test("range with caret and tilde", () => {
  assert.ok(fits("1.9.9", "^1.2.3"));
  assert.ok(!fits("2.0.0", "^1.2.3"));
  assert.ok(!fits("1.3.0", "~1.2.3"));
});

test("range leaves pre-releases out", () => {
  assert.ok(!fits("1.5.0-beta", "^1.2.3"));
  assert.ok(fits("1.5.0-beta.2", ">=1.5.0-beta.1"));
});
