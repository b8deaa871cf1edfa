import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { compare, reportFor, type CompareOptions } from "./compare.ts";
import { curveChart, curveText } from "./curve-chart.ts";
import { openWorld, WORLDS } from "./open-world.ts";
import { RunsFile } from "./runs-file.ts";
import { ownScore, type ScoreTarget } from "./score-target.ts";
import type { CompareWorld } from "./world.ts";

const TASKS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** A search solves a task at a random time, hill-climb five times as early as any other; counts the runs. */
function worldOf(count: { runs: number; open: number }): CompareWorld {
  return {
    id: "test",
    title: "tasks of a test",
    measure: "solved",
    tasks: TASKS.map((id) => ({ id, key: "1" })),
    demandProposer: () => {},
    async open(task) {
      count.open += 1;
      return {
        async run({ search }, { seed, evaluations, signal }) {
          signal.throwIfAborted();
          count.runs += 1;
          const at = Math.ceil(Rng.of(seed, search, task).uniform() * (search === "hill-climb" ? 100 : 500));
          const steps =
            at <= evaluations
              ? ([
                  [0, 0],
                  [at, 1],
                ] as const)
              : ([[0, 0]] as const);
          return { steps, evaluations: Math.min(at, evaluations), heldOut: null };
        },
        close: async () => {
          count.open -= 1;
        },
      };
    },
  };
}

function setting(path: string, count = { runs: 0, open: 0 }): Omit<CompareOptions, "signal"> & { signal: AbortSignal } {
  return {
    world: worldOf(count),
    searches: ["hill-climb", "best-of-n"],
    proposers: ["syntax"],
    evaluations: 50,
    seeds: 5,
    runs: new RunsFile(path),
    signal: new AbortController().signal,
    say: () => {},
  };
}

function inFolder(work: (path: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "pawl-compare-"));
    try {
      await work(join(folder, "runs.jsonl"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

test(
  "arms run on the same tasks and seeds, the first once more; what is better is told from chance",
  inFolder(async (path) => {
    const count = { runs: 0, open: 0 };
    const report = await compare(setting(path, count));
    assert.deepEqual([count.runs, count.open], [10 * 5 * 3, 0]);
    assert.deepEqual(report.pairs, { measured: 50, wanted: 50 });
    const [first, other, again] = report.arms;
    assert.deepEqual(
      report.arms.map(({ arm }) => arm),
      ["hill-climb", "best-of-n", "hill-climb, again"],
    );
    assert.ok(first !== undefined && other?.against !== null && again?.against !== null);
    const low = (interval: readonly number[] | null | undefined): number => interval?.[0] ?? Number.NaN;
    const high = (interval: readonly number[] | null | undefined): number => interval?.[1] ?? Number.NaN;
    assert.ok(high(other?.against?.reached.interval) < 0, JSON.stringify(other?.against));
    const chance = again?.against?.reached.interval;
    assert.ok(low(chance) <= 0 && high(chance) >= 0, JSON.stringify(chance));
    assert.ok(first.reached.mean > 0.3 && first.reached.mean < 0.7);
    // The curve never falls, and ends where the arm ends.
    assert.ok(first.curve.every((value, i) => i === 0 || value >= (first.curve[i - 1] as number)));
    assert.equal(first.curve.at(-1), first.reached.mean);
    assert.equal(report.grid.at(-1), 50);
  }),
);

test(
  "what is on record is not measured again, also after a line was cut off; more seeds are measured",
  inFolder(async (path) => {
    const whole = await compare(setting(path));
    appendFileSync(path, '{"world":"test","task":"a","ste');
    const count = { runs: 0, open: 0 };
    assert.deepEqual(await compare(setting(path, count)), whole);
    assert.equal(count.runs, 0);
    await compare({ ...setting(path, count), seeds: 6 });
    assert.equal(count.runs, 10 * 3);
    for (const line of readFileSync(path, "utf8").trimEnd().split("\n")) JSON.parse(line);
  }),
);

test(
  "a last line without its end is a run all the same, and what follows begins on a line of its own",
  inFolder(async (path) => {
    await compare(setting(path));
    truncateSync(path, readFileSync(path).length - 1);
    const count = { runs: 0, open: 0 };
    await compare({ ...setting(path, count), seeds: 6 });
    assert.equal(count.runs, 10 * 3);
    for (const line of readFileSync(path, "utf8").trimEnd().split("\n")) JSON.parse(line);
  }),
);

test(
  "an interrupted comparison keeps what was finished, and its report counts complete pairs only",
  inFolder(async (path) => {
    const controller = new AbortController();
    const options = setting(path);
    let said = 0;
    const say = (): void => {
      said += 1;
      if (said === 4) controller.abort();
    };
    await assert.rejects(compare({ ...options, signal: controller.signal, say }), { name: "AbortError" });
    const part = reportFor(setting(path));
    assert.equal(part.pairs.measured, 3 * 5);
    assert.equal(part.tasks, 3);
    // A further seed of one task alone: the end of the curve is what was reached, whatever counts for how much.
    await compare({ ...setting(path), tasks: 1, seeds: 9 });
    const uneven = reportFor({ ...setting(path), seeds: 9 });
    assert.equal(uneven.pairs.measured, 3 * 5 + 4);
    for (const { curve, reached } of uneven.arms) assert.equal(curve.at(-1), reached.mean);
  }),
);

test(
  "a wrong answer solves nothing, however early it came",
  inFolder(async (path) => {
    const options = setting(path);
    const world = {
      ...options.world,
      open: async () => ({
        run: async () => ({
          steps: [
            [0, 0],
            [1, 1],
          ] as const,
          evaluations: 1,
          heldOut: 0,
        }),
        close: async () => {},
      }),
    };
    const { arms } = await compare({ ...options, world });
    assert.deepEqual([arms[0]?.reached.mean, arms[0]?.area.mean, arms[0]?.answered], [0, 0, 1]);
  }),
);

test(
  "names that are none, and names twice, are said before anything is run",
  inFolder(async (path) => {
    const count = { runs: 0, open: 0 };
    const options = setting(path, count);
    await assert.rejects(compare({ ...options, searches: ["climb"] }), /there is no search 'climb'/);
    await assert.rejects(compare({ ...options, searches: ["beam", "beam"] }), /'beam' is named twice/);
    await assert.rejects(
      compare({ ...options, world: openWorld("code-repair"), proposers: ["cma-es"] }),
      /no proposer of the world/,
    );
    assert.throws(() => openWorld("code-repiar"), /there is no world 'code-repiar'/);
    assert.equal(count.runs, 0);
  }),
);

test("every world opens and has tasks", () => {
  for (const name of WORLDS) assert.ok(openWorld(name).tasks.length > 0, name);
});

test(
  "the picture has a line and a name for each arm, the text a row",
  inFolder(async (path) => {
    const report = await compare(setting(path));
    const svg = curveChart(report) ?? "";
    assert.equal(svg.match(/<path fill="none"/g)?.length, 3);
    for (const { arm } of report.arms) assert.ok(svg.includes(`>${arm}</text>`));
    assert.ok(!/NaN|undefined/.test(svg));
    const rows = curveText(report, 20);
    assert.deepEqual(
      rows.map((row) => row.length),
      [20, 20, 20],
    );
    assert.ok(rows.some((row) => row.endsWith("█")));
    assert.equal(curveChart({ ...report, arms: [] }), null);
  }),
);

test(
  "a file of something else is refused with the line that is wrong",
  inFolder(async (path) => {
    for (const text of ["a note\nanother\n", "a note", '{"task":"of something else"}']) {
      writeFileSync(path, text);
      assert.throws(() => new RunsFile(path), /no run that was compared/);
      assert.equal(readFileSync(path, "utf8"), text);
    }
  }),
);

test(
  "what a score is measured by is part of the task: another script or another held-out score is measured anew",
  inFolder(async (path) => {
    const root = dirname(path);
    const keyOf = async (more: Partial<ScoreTarget> = {}): Promise<string> =>
      (await ownScore({ root, files: ["rule.js"], score: "node score.js", ...more })).tasks[0]?.key as string;
    writeFileSync(join(root, "rule.js"), "export const rule = 1;\n");
    writeFileSync(join(root, "score.js"), "console.log(1);\n");
    const key = await keyOf();
    assert.equal(await keyOf(), key);
    assert.notEqual(await keyOf({ heldOutScore: "node score.js fresh" }), key);
    assert.notEqual(await keyOf({ minimize: true }), key);
    writeFileSync(join(root, "score.js"), "console.log(2);\n");
    assert.notEqual(await keyOf(), key);
    await assert.rejects(keyOf({ files: ["missing.js"] }), /cannot be read/);
  }),
);
