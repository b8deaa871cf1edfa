import assert from "node:assert/strict";
import { test } from "node:test";
import { BenchPool } from "./bench-pool.ts";

test("closing closes what was opened, and is not kept from it by what could not be opened", async () => {
  const closed: string[] = [];
  const pool = new BenchPool(async (tasks: readonly string[]) => {
    if (tasks.length === 0) throw new Error("nothing to open");
    return { close: async () => void closed.push(...tasks) };
  });
  await pool.of("a", () => ["a"]);
  const failing = pool.of("none", () => []);
  // Asked for in the very moment of closing.
  const ended = await Promise.allSettled([pool.close(), failing]);
  assert.deepEqual(
    ended.map(({ status }) => status),
    ["fulfilled", "rejected"],
  );
  assert.deepEqual(closed, ["a"]);
  await pool.close();
  assert.deepEqual(closed, ["a"]);
});
