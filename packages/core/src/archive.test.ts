import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Archive } from "./archive.ts";
import { CellMap } from "./cells.ts";
import type { Evaluated } from "./contracts.ts";
import { ParetoFront } from "./pareto.ts";
import { Rng } from "./rng.ts";

function evaluated(
  id: string,
  parents: readonly string[],
  scores: Readonly<Record<string, readonly number[]>>,
  fitness: number | null,
): Evaluated {
  return {
    candidate: { id, changes: [], parents, origin: { proposer: "test", summary: id } },
    request: { parent: parents[0] ?? id, edits: 1, temperature: 0 },
    verdict: { status: "failed", scores, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] },
    fitness,
    confirmed: false,
  };
}

test("indexes follow every addition", () => {
  const archive = new Archive(evaluated("base", [], { s: [1] }, 1));
  archive.add(evaluated("a", ["base"], { s: [3] }, 3));
  archive.add(evaluated("b", ["a"], { s: [2] }, 2));
  archive.add(evaluated("tie", ["a"], { s: [3] }, 3));
  archive.add(evaluated("none", ["a"], {}, null));
  assert.equal(archive.best().candidate.id, "a", "a tie is not a gain");
  assert.equal(archive.incumbent().candidate.id, "base", "nothing was kept yet");
  archive.keep("b");
  assert.equal(archive.incumbent().candidate.id, "b");
  assert.equal(archive.get("a")?.children, 3);
  assert.deepEqual(
    archive.lineage("b").map((entry) => entry.candidate.id),
    ["b", "a", "base"],
  );
  archive.add({ ...evaluated("b", ["a"], { s: [9] }, 9), confirmed: true });
  assert.equal(archive.size, 5, "a second verdict is no second candidate");
  assert.equal(archive.get("a")?.children, 3);
  assert.equal(archive.best().candidate.id, "b");
  assert.throws(() => archive.keep("unknown"), RangeError);
});

test("the front is what no other point dominates", () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(points, (all) => {
      const front = new ParetoFront<number>();
      all.forEach((point, i) => front.add(point, i));
      const dominated = (i: number): boolean =>
        all.some((other, j) => {
          const [a, b] = [all[i] as number[], other as number[]];
          const noWorse = b.every((value, k) => value >= (a[k] as number));
          const equal = b.every((value, k) => value === a[k]);
          return noWorse && (!equal || j < i);
        });
      const expected = all.map((_, i) => i).filter((i) => !dominated(i));
      assert.deepEqual(
        [...front.items()].sort((x, y) => x - y),
        expected,
      );
    }),
  );
});

test("a cell keeps its best, and samples cover all cells", () => {
  const cells = new CellMap<string>();
  assert.equal(cells.sample(Rng.of(1)), undefined);
  assert.ok(cells.add("x", 1, "first"));
  assert.ok(!cells.add("x", 1, "tie"));
  assert.ok(cells.add("x", 2, "better"));
  assert.ok(cells.add("y", -5, "other"));
  assert.equal(cells.get("x"), "better");
  const rng = Rng.of(2);
  assert.deepEqual(new Set(Array.from({ length: 50 }, () => cells.sample(rng))), new Set(["better", "other"]));
});
