import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfterOf } from "./fault.ts";

test("Retry-After is read as seconds, as a date, and in milliseconds where a provider says them", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(retryAfterOf(undefined, "7", now), 7000);
  assert.equal(retryAfterOf(undefined, "Thu, 01 Jan 2026 00:00:30 GMT", now), 30_000);
  assert.equal(retryAfterOf(undefined, "Wed, 31 Dec 2025 00:00:00 GMT", now), 0);
  assert.equal(retryAfterOf("250", "7", now), 250);
  for (const header of [undefined, "", "-3", "soon"]) assert.equal(retryAfterOf(undefined, header, now), null);
});
