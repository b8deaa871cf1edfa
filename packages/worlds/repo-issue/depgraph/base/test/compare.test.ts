import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions, newest } from "../src/version/compare.ts";
import { formatVersion, parseVersion } from "../src/version/version.ts";

const sorted = (...texts: string[]) => texts.map(parseVersion).sort(compareVersions).map(formatVersion);

test("compare by numbers", () => {
  assert.deepEqual(sorted("1.10.0", "1.9.0", "0.30.1"), ["0.30.1", "1.9.0", "1.10.0"]);
});

test("compare equal", () => {
  assert.equal(compareVersions(parseVersion("1.0.0"), parseVersion("1.0.0+b")), 0);
});

test("newest", () => {
  assert.equal(newest([]), undefined);
  assert.equal(formatVersion(newest(["1.0.0", "1.2.0", "1.1.9"].map(parseVersion))!), "1.2.0");
});
