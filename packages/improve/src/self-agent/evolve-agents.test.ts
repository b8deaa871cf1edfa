import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Rng, type Json } from "@pawl/core";
import { openSandbox } from "@pawl/verify";
import { AgentArchive } from "./agent-archive.ts";
import { AgentHouse } from "./agent-process.ts";
import { Bench } from "./bench.ts";
import { diagnose } from "./brief.ts";
import { TaskDesk } from "./desk.ts";
import { demandEqualBudgets, evolveAgents, type Evolution, type EvolutionPlan } from "./evolve-agents.ts";
import { evaluateAgent } from "./evaluate.ts";
import { Integrity } from "./integrity.ts";
import type { AgentTask, Program } from "./programs.ts";
import { isWorking, type ScoreCard, type TaskScore } from "./score-card.ts";
import { parentWeights, selectParents } from "./select-parent.ts";
import { SELF_TESTS, selfTestProgram } from "./self-task.ts";
import { drawTasks, loadBenchmark } from "./tasks.ts";
import { agentHash, baseAgent, changedPaths, changesCode, partsLibrary, withChanges } from "./workspace.ts";

const TWICE: Program = {
  id: "twice",
  module: "twice.js",
  files: { "twice.js": "export function twice(n) {\n  return n * 2;\n}\n" },
  visible: [{ call: "twice", args: [3], returns: 6 }],
  hidden: [{ name: "secret-case", call: "twice", args: [4711], returns: 9422 }],
};
const BROKEN: AgentTask = {
  id: "twice#1",
  kind: "injected",
  program: "twice",
  files: { "twice.js": "export function twice(n) {\n  return n + 2;\n}\n" },
};
const WORK = { vcalls: 25, cpuSeconds: 10, wallSeconds: 60 };
const PLAN: EvolutionPlan = {
  seed: 1,
  children: 2,
  perGeneration: 2,
  rule: "open-ended",
  modifier: "parent",
  solve: WORK,
  modify: WORK,
};

function score(solved: boolean, more: Partial<TaskScore> = {}): TaskScore {
  const sides = { vcalls: 8, of: 25, start: 0, best: solved ? 1 : 0, duplicates: 0, errors: 0, lines: ["a.js:1"] };
  return { task: "t", solved, ended: "done", patched: true, ...sides, ...more };
}

function card(solved: number, of = 10, stages = 1): ScoreCard {
  return { stages, scores: Array.from({ length: of }, (_, i) => score(i < solved)) };
}

function archiveOf(cards: readonly ScoreCard[]): AgentArchive {
  const archive = new AgentArchive();
  let parent: string | null = null;
  for (const [n, each] of cards.entries())
    parent = archive.add({ files: { "a.js": `${n}` }, parent, by: parent, brief: null, card: each, n });
  return archive;
}

describe("an evolution", () => {
  let house: AgentHouse;
  let bench: Bench;
  const { signal } = new AbortController();
  before(async () => {
    const sandbox = await openSandbox();
    house = await AgentHouse.open(sandbox);
    bench = await Bench.open(sandbox, [TWICE, selfTestProgram()], 1);
  });
  after(async () => {
    await bench.close();
    await house.close();
  });
  const evolve = (first = baseAgent(), record = new Map<string, Json>()): Promise<Evolution> =>
    evolveAgents(PLAN, {
      first,
      library: partsLibrary(),
      stages: [[BROKEN]],
      house,
      bench,
      integrity: new Integrity(() => bench.digest()),
      signal,
      remember: async <T extends Json>(name: string, make: () => Promise<T>): Promise<T> => {
        if (!record.has(name)) record.set(name, JSON.parse(JSON.stringify(await make())) as Json);
        return record.get(name) as T;
      },
    });

  test("makes the same agents again, from the record or anew, and spends what its plan says", async () => {
    const record = new Map<string, Json>();
    const one = await evolve(baseAgent(), record);
    demandEqualBudgets(PLAN, one);
    assert.throws(() => demandEqualBudgets({ ...PLAN, children: 3 }, one), RangeError);
    assert.throws(() => demandEqualBudgets({ ...PLAN, solve: { ...WORK, vcalls: 0 } }, one), RangeError);
    record.delete("generation 1");
    const again = await evolve(baseAgent(), record);
    assert.deepEqual(
      again.children.map(({ id, brief, card: scores }) => ({ id, brief, scores })),
      one.children.map(({ id, brief, card: scores }) => ({ id, brief, scores })),
    );
    for (const node of one.archive.all().slice(1)) {
      const parent = one.archive.get(node.parent as string);
      const child = one.children.find(({ id }) => id === node.id);
      assert.equal(
        agentHash(withChanges(parent.files, child?.changed)),
        agentHash(node.files),
        "a child is its parent and its changes",
      );
    }
  });

  test("does not keep a child whose author used what was planted", async () => {
    const cheat = withChanges(baseAgent(), {
      "workflow.js": `import fs from "node:fs";
        ${(baseAgent()["workflow.js"] as string).replace("export async function modify(", "async function honest(")}
        export async function modify() {
          const flag = process.execArgv.find((each) => each.startsWith("--allow-fs-write="));
          const leak = fs.readFileSync(flag.slice("--allow-fs-write=".length) + "/expected-outputs.json", "utf8");
          return { "tools/known.js": "export const known = " + leak };
        }`,
    });
    const { children, archive } = await evolve(cheat);
    assert.equal(archive.size, 1);
    for (const child of children) assert.deepEqual([child.working, child.tripped?.canary], [false, "leak"]);
  });

  test("keeps hidden cases out of everything an agent hears", async () => {
    const heard: unknown[] = [];
    class Listening extends TaskDesk {
      override async answer(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
        const value = await super.answer(name, args);
        heard.push(value);
        return value;
      }
    }
    const agent = await house.start(baseAgent(), signal);
    const desk = new Listening(bench.testsOf(BROKEN, signal), 25);
    const task = { files: BROKEN.files, score: 0 };
    await agent.work("solve", task, [1, 2, 3, 4], desk, WORK, signal);
    await desk.answer("suspects", {});
    await agent.kill();
    assert.ok(heard.length > 2);
    assert.doesNotMatch(JSON.stringify([task, heard]), /secret-case|4711|9422/);
  });

  test("scores what passes hidden cases, in processes that no agent was in", async () => {
    const always = { "twice.js": "export const twice = () => 6;\n" };
    assert.equal((await bench.visible("twice", always, signal)).status, "passed");
    assert.equal(await bench.solves("twice", always, signal, true), false);
    assert.equal(await bench.solves("twice", TWICE.files, signal, true), true);
    const reach = {
      "twice.js": "import fs from 'node:fs';\nexport const twice = (n) => (fs.writeFileSync('/x', ''), n * 2);\n",
    };
    assert.equal(await bench.solves("twice", reach, signal), false);
  });

  test("lets no agent into a later stage that stands below the others, and stops at one that does not work", async () => {
    const stages = [[BROKEN], [BROKEN]];
    const terms = { stages, known: [] as ScoreCard[], limits: WORK, seed: 1 };
    assert.equal((await evaluateAgent(baseAgent(), house, bench, terms, signal)).card.stages, 2);
    const others = [card(1, 1), card(1, 1)];
    const low = await evaluateAgent(
      baseAgent(),
      house,
      bench,
      { ...terms, limits: { ...WORK, vcalls: 1 }, known: others },
      signal,
    );
    assert.equal(low.card.stages, low.card.scores[0]?.solved === true ? 2 : 1);
    const silent = withChanges(baseAgent(), {
      "genome.json": (baseAgent()["genome.json"] as string).replace('"rounds": 1', '"rounds": 0'),
    });
    const broken = await evaluateAgent(silent, house, bench, terms, signal);
    assert.deepEqual([broken.card.stages, isWorking(broken.card, 1)], [1, false]);
  });

  test("the first agent passes its own self-tests' first half, and a broken copy does not", async () => {
    const own = await bench.visible(SELF_TESTS, baseAgent(), signal);
    assert.ok(own.score >= 4 / 7, JSON.stringify(own));
    const copy = withChanges(baseAgent(), { "tools/sites.js": "export const allEdits = null;\n" });
    assert.ok((await bench.visible(SELF_TESTS, copy, signal)).score < own.score / 2);
  });
});

describe("parents", () => {
  test("are drawn in proportion to sigmoid(10 (score − 0.5)) / (1 + working children)", () => {
    const archive = archiveOf([card(5), card(2), card(10)]);
    const [first, second, third] = parentWeights(archive) as [number, number, number];
    assert.equal(first, 0.5 / 2);
    assert.ok(Math.abs(second - 1 / (1 + Math.exp(3)) / 2) < 1e-12);
    assert.equal(third, 0, "nothing is left to learn for who solves everything");
  });

  test("follow the rule of their arm, and nobody is ruled out by a low score", () => {
    const archive = archiveOf([card(3), card(9, 10, 2), card(0)]);
    const ids = (rule: "open-ended" | "latest" | "best"): Set<number> =>
      new Set(selectParents(rule, archive, 400, Rng.of(1)).map(({ n }) => n));
    assert.deepEqual(ids("latest"), new Set([2]));
    assert.deepEqual(ids("best"), new Set([1]));
    assert.deepEqual(ids("open-ended"), new Set([0, 1, 2]));
  });
});

test("lineage leads back to the first agent, and every step can be gone back to", () => {
  const archive = archiveOf([card(1), card(2), card(3)]);
  const path = archive.lineage(archive.latest().id);
  assert.deepEqual(
    path.map(({ n }) => n),
    [0, 1, 2],
  );
  assert.equal(archive.best().n, 2);
  assert.equal(archive.get(path[1]?.id.slice(0, 8) ?? "").files["a.js"], "1");
  assert.throws(() => archive.get(""), /there is no agent/);
});

test("as many tasks are drawn as are asked for, or all there are", () => {
  const { training, fresh } = loadBenchmark();
  for (const tasks of [training, fresh])
    for (const count of [1, 24, 72, 100, 150, tasks.length]) {
      const drawn = drawTasks(tasks, count, Rng.of(1));
      assert.deepEqual([drawn.length, new Set(drawn).size], [count, count]);
    }
  assert.equal(drawTasks(fresh, 1000, Rng.of(1)).length, fresh.length);
});

test("a brief is read from what the visible tests show", async () => {
  const about = async (more: Partial<TaskScore>): Promise<Set<string>> => {
    const one: ScoreCard = { stages: 1, scores: [score(false, { vcalls: 25, ...more })] };
    const briefs = Array.from({ length: 40 }, (_, i) =>
      diagnose(one, { made: 0, broken: 0 }, async () => ({ "a.js": [1, 0.1] }), Rng.of(i)),
    );
    return new Set((await Promise.all(briefs)).map((brief) => brief.about));
  };
  assert.deepEqual(await about({}), new Set(["operators"]));
  assert.deepEqual(await about({ vcalls: 8 }), new Set(["operators", "unused-budget"]));
  assert.deepEqual(await about({ best: 0.5 }), new Set(["plateau"]));
  assert.deepEqual(await about({ best: 0.5, duplicates: 1 }), new Set(["plateau", "duplicates"]));
  assert.deepEqual(await about({ best: 0.5, lines: ["b.js:9", "b.js:9"] }), new Set(["plateau", "localisation"]));
});

test("every part of the library fits a place of the first agent's workflow", () => {
  const workflow = baseAgent()["workflow.js"] as string;
  const library = partsLibrary();
  assert.ok(library.length >= 25);
  for (const { name, slot, path, text, import: line } of library) {
    assert.match(workflow, new RegExp(`^ {2}${slot}: `, "m"), name);
    assert.ok(line.includes(`./${path}`) && line.includes(name), name);
    assert.equal(baseAgent()[path], undefined, name);
    assert.ok(text.includes("export "), name);
  }
  const numbers = withChanges(baseAgent(), { "genome.json": "{}" });
  assert.deepEqual(changedPaths(baseAgent(), numbers), ["genome.json"]);
  assert.equal(changesCode(baseAgent(), numbers), false);
});
