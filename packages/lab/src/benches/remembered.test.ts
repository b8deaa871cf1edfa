import assert from "node:assert/strict";
import { test } from "node:test";
import { Remembered } from "./remembered.ts";

test("what several ask for at a time is made once, and what failed is made again", async () => {
  const remembered = new Remembered<number>();
  let asked = 0;
  const make = async (): Promise<number> => {
    asked += 1;
    await Promise.resolve();
    if (asked === 1) throw new Error("interrupted");
    return asked;
  };
  const both = await Promise.allSettled([remembered.get("a", make), remembered.get("a", make)]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(asked, 1);
  assert.deepEqual(await Promise.all([remembered.get("a", make), remembered.get("a", make)]), [2, 2]);
  assert.equal(await remembered.get("b", make), 3);
});

test("an answer that is none is given and not kept", async () => {
  const remembered = new Remembered<number | null>((answer) => answer !== null);
  assert.equal(await remembered.get("a", async () => null), null);
  assert.equal(await remembered.get("a", async () => 1), 1);
  assert.equal(await remembered.get("a", async () => 2), 1);
});

test("what was made is given back once, also when something failed before or fails meanwhile", async () => {
  const remembered = new Remembered<number>();
  const failing = async (): Promise<number> => {
    await Promise.resolve();
    throw new Error("it does not open");
  };
  await remembered.get("a", async () => 1);
  const opening = remembered.get("b", failing);
  assert.deepEqual(await remembered.take(), [1]);
  await assert.rejects(opening);
  assert.deepEqual(await remembered.take(), []);
});
