import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRange, satisfies } from "../src/version/range.ts";
import { parseVersion } from "../src/version/version.ts";

const fits = (version: string, range: string) => satisfies(parseVersion(version), parseRange(range));

test("hidden: minor versions below one", () => {
  assert.ok(fits("0.2.9", "^0.2.3"));
  assert.ok(!fits("0.3.0", "^0.2.3"));
});

test("hidden: patch versions below 0.1", () => {
  assert.ok(fits("0.0.3", "^0.0.3"));
  assert.ok(!fits("0.0.4", "^0.0.3"));
});

test("hidden: upper bounds of several majors", () => {
  assert.deepEqual(
    ["1.2.3", "0.2.3", "0.0.3"].map((text) => parseRange(`^${text}`).alternatives[0]?.[1]?.version),
    ["2.0.0", "0.3.0", "0.0.4"].map(parseVersion),
  );
});
