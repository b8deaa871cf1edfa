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
