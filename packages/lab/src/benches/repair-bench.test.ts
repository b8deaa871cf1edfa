import assert from "node:assert/strict";
import { test } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { createSearch } from "@pawl/search";
import { RepairBench } from "./repair-bench.ts";
import { testTasks } from "./repair-tasks.ts";

const skip = (await probeSandbox()).some(({ works }) => works) ? false : "no sandbox works here";
const { signal } = new AbortController();

test(
  "an arm that ends a task first leaves it to the others, and one that is about some tasks reports no more",
  { skip },
  async () => {
    const tasks = testTasks({ most: 2 }).compound;
    assert.equal(tasks.length, 2);
    const bench = await RepairBench.open(tasks, { mostOpen: 0 });
    try {
      const arm = (evaluations: number) =>
        bench.run({ search: () => createSearch("hill-climb"), evaluations }, { seed: 1, signal });
      const [short, long] = await Promise.all([arm(1), arm(25)]);
      assert.equal(short.spent, 2);
      assert.equal(long.rows.length, 2);
      const [, second] = tasks.map(({ id }) => id);
      const some = await bench.run(
        { search: () => createSearch("hill-climb"), evaluations: 1, tasks: (id) => id === second },
        { seed: 1, signal },
      );
      assert.deepEqual([some.rows.map(({ task }) => task), some.spent], [[second], 1]);
      // Opened again after everybody has left.
      assert.deepEqual((await arm(25)).rows, long.rows);
    } finally {
      await bench.close();
    }
  },
);
