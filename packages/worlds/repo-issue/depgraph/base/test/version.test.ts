import assert from "node:assert/strict";
import { test } from "node:test";
import { formatVersion, parseVersion } from "../src/version/version.ts";

test("version round trip", () => {
  for (const text of ["1.2.3", "0.0.1-beta.2"]) assert.equal(formatVersion(parseVersion(text)), text);
});

test("version prefix and build", () => {
  assert.deepEqual(parseVersion("v1.0.0+linux"), { major: 1, minor: 0, patch: 0, pre: [] });
});

test("version refuses others", () => {
  assert.throws(() => parseVersion("1.2"), SyntaxError);
});
