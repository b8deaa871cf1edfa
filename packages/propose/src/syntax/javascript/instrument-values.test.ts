import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { test } from "node:test";
import { parseSync } from "oxc-parser";
import { instrumentValues } from "./instrument.ts";

const SOURCE = `export function total({ items, rate = 2 }: { items: number[]; rate?: number }): number {
  let sum = 0;
  for (const [at, item] of items.entries()) {
    if (item > 1) sum += item * rate;
    else if (at < 0) sum -= 1;
  }
  const [first, ...rest] = items;
  return sum + [first].map((x) => x + rest.length)[0];
}
`;

test("hands over the variables in scope at each line, without those that are not there yet", async () => {
  const code = instrumentValues(SOURCE, "total.ts")?.code ?? "";
  assert.deepEqual(parseSync("total.ts", code).errors, []);
  const seen: string[] = [];
  const scope = globalThis as { __pawlStep?: (line: number, values: Record<string, () => unknown>) => void };
  scope.__pawlStep = (line, values) => {
    const texts = Object.entries(values).flatMap(([name, get]) => {
      try {
        return `${name}=${JSON.stringify(get())}`;
      } catch {
        return [];
      }
    });
    seen.push(`${line} ${texts.join(" ")}`);
  };
  try {
    const module = (await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(code))}`)) as {
      total: (given: { items: number[] }) => number;
    };
    assert.equal(module.total({ items: [1, 3] }), 8);
  } finally {
    delete scope.__pawlStep;
  }
  assert.equal(seen[0], "2 items=[1,3] rate=2");
  assert.ok(
    seen.some((line) => line.startsWith("4 ") && line.includes("item=3") && line.includes("sum=0")),
    seen.join("\n"),
  );
  assert.match(seen.findLast((line) => line.startsWith("8 sum")) ?? "", /sum=6 first=1 rest=\[3\]/);
});

test("a syntax error gives null", () => {
  assert.equal(instrumentValues("let = ;", "a.js"), null);
});
