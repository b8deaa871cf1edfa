import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

/** Megabytes of the young generation after a lot of short-lived and some longer-lived objects. */
function megabytes(before: string): number {
  const module = new URL("./young-generation.ts", import.meta.url).href;
  const script = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { keepYoungGenerationSmall } from ${JSON.stringify(module)};
    ${before}
    const kept = [];
    for (let i = 0; i < 2e6; i++) kept[i % 20000] = { i, text: String(i) };
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    console.log(space.space_size / 2 ** 20);`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }));
}

test("the young generation does not grow, on the V8 that runs here", () => {
  const [small, usual] = [megabytes("keepYoungGenerationSmall();"), megabytes("")];
  assert.ok(small <= usual / 2, `${small} MB, and ${usual} MB otherwise`);
});
