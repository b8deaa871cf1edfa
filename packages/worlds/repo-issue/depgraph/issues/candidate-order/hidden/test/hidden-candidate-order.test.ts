import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions, newest } from "../src/version/compare.ts";
import { formatVersion, parseVersion } from "../src/version/version.ts";

const sorted = (...texts: string[]) => texts.map(parseVersion).sort(compareVersions).map(formatVersion);

test("hidden: the order of the specification", () => {
  const order = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0"];
  assert.deepEqual(sorted(...order.toReversed()), order);
});

test("hidden: numbers by value", () => {
  assert.deepEqual(sorted("1.0.0-9", "1.0.0-10", "1.0.0-100"), ["1.0.0-9", "1.0.0-10", "1.0.0-100"]);
});

test("hidden: newest is the release", () => {
  assert.equal(formatVersion(newest(["3.0.0-rc.1", "3.0.0", "3.0.0-rc.2"].map(parseVersion))!), "3.0.0");
});
