import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "@pawl/core";
import { openSandbox } from "./open-sandbox.ts";

test("no isolation has to be allowed in so many words, whatever works on this machine", async () => {
  await assert.rejects(openSandbox({ prefer: "none" }), (error) => {
    assert.ok(error instanceof UsageError);
    assert.equal(error.exitCode, 2);
    assert.match(error.where ?? "", /--isolation none/);
    assert.match(error.todo, /Add --unsafe-no-sandbox/);
    return true;
  });
  assert.equal((await openSandbox({ prefer: "none", unsafe: true })).isolation, "none");
});
