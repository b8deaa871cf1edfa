import assert from "node:assert/strict";
import { test } from "node:test";
import { MachineError } from "@pawl/core";
import { startLaunch, type Launch } from "./box-process.ts";

function launchOf(...argv: readonly string[]): { readonly launch: Launch; readonly cleaned: () => boolean } {
  let cleaned = false;
  const cleanUp = async (): Promise<void> => void (cleaned = true);
  return { launch: { argv, secrets: {}, group: null, cleanUp }, cleaned: () => cleaned };
}

test("a box that hangs while it is built is ended, cleaned up after, and told about", async () => {
  const { launch, cleaned } = launchOf("sh", "-c", "sleep 300");
  await assert.rejects(
    startLaunch(launch, 200),
    (error) => error instanceof MachineError && /not ready after 0\.2 s/.test(error.message),
  );
  assert.ok(cleaned());
});

test("a box that says it is ready stays", async () => {
  const { launch, cleaned } = launchOf("sh", "-c", "echo ready >&4; cat >&3");
  const box = await startLaunch(launch, 60_000);
  box.send("hello");
  const { value } = await box.messages[Symbol.asyncIterator]().next();
  assert.equal(value, "hello");
  await box.kill();
  assert.ok(cleaned());
});
