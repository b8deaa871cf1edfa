import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { FAULT_CLASSES } from "@pawl/core";
import { failureOf, sameValue, type CaseOutcome } from "./case-outcome.ts";
import { CorpusError, loadRepairCorpus, withRepairs } from "./corpus.ts";
import type { FunctionCase, RepairTask } from "./task-format.ts";

const SCRIPTS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "code-repair");

/** A fixed version gets all the time it needs on a busy machine; a buggy one that loops is stopped. */
const PATIENCE = { fixed: 20_000, other: 1_500, start: 3_000 };

/** One version of a task's code with the cases to run on it. */
interface Variant {
  readonly task: RepairTask;
  /** The positions of the faults that are repaired in it. */
  readonly repaired: readonly number[];
  readonly dir: string;
  readonly cases: readonly FunctionCase[];
}

const python = spawnSync("python3", ["--version"], { encoding: "utf8" }).status === 0;
const tasks = loadRepairCorpus();
const withoutPython = "python3 is not on this machine, so the Python tasks are not run";

function isCompound(task: RepairTask): boolean {
  return task.faults.length > 1;
}

function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, mask) =>
    Array.from({ length: count }, (__, i) => i).filter((i) => (mask >> i) & 1),
  );
}

function keyOf(task: RepairTask, repaired: readonly number[]): string {
  return `${task.id} ${repaired.join()}`;
}

function writeVariants(root: string, chosen: readonly RepairTask[]): Variant[] {
  writeFileSync(join(root, "package.json"), '{"type": "module"}');
  return chosen.flatMap((task) =>
    subsets(task.faults.length).map((repaired) => {
      const dir = join(root, task.id, repaired.join("-") || "none");
      mkdirSync(dir, { recursive: true });
      for (const [name, code] of Object.entries(withRepairs(task, repaired))) writeFileSync(join(dir, name), code);
      const partial = repaired.length > 0 && repaired.length < task.faults.length;
      return { task, repaired, dir, cases: partial ? task.visible : [...task.visible, ...task.hidden] };
    }),
  );
}

function command(language: RepairTask["language"]): [string, string[]] {
  if (language === "python") return ["python3", [join(SCRIPTS, "run-cases.py")]];
  const flags = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", "--max-old-space-size=256"];
  return [process.execPath, [...flags, join(SCRIPTS, "run-cases.mjs")]];
}

/**
 * Run all cases of some variants in one child. A child that gives no answer in
 * time, or ends, is replaced by a new one that goes on with the next case.
 */
async function runAll(variants: readonly Variant[]): Promise<Map<string, CaseOutcome[]>> {
  const results = new Map<string, CaseOutcome[]>(variants.map((v) => [keyOf(v.task, v.repaired), []]));
  const outcomesOf = (v: Variant): CaseOutcome[] => results.get(keyOf(v.task, v.repaired)) ?? [];
  for (;;) {
    const open = variants.filter((v) => outcomesOf(v).length < v.cases.length);
    const first = open[0];
    if (first === undefined) return results;
    const ended = await runChild(open, outcomesOf);
    if (ended === null) continue;
    const stuck = open.find((v) => outcomesOf(v).length < v.cases.length);
    if (stuck !== undefined) outcomesOf(stuck).push({ ended });
  }
}

function runChild(
  open: readonly Variant[],
  outcomesOf: (v: Variant) => CaseOutcome[],
): Promise<"timeout" | "exit" | null> {
  const [program, flags] = command(open[0]?.task.language ?? "javascript");
  const requests = open.map((v) => ({ dir: v.dir, module: v.task.module, cases: v.cases.slice(outcomesOf(v).length) }));
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { stdio: ["pipe", "pipe", "ignore"] });
    let timedOut = false;
    let timer: NodeJS.Timeout | undefined;
    const waitForNext = (extra: number): void => {
      const next = open.find((v) => outcomesOf(v).length < v.cases.length);
      const isFixed = next !== undefined && next.repaired.length === next.task.faults.length;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          timedOut = true;
          child.kill("SIGKILL");
        },
        extra + (isFixed ? PATIENCE.fixed : PATIENCE.other),
      );
    };
    let pending = "";
    waitForNext(PATIENCE.start);
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      const lines = (pending + text).split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        const answer = JSON.parse(line) as CaseOutcome & { request: number };
        const variant = open[answer.request];
        if (variant !== undefined) outcomesOf(variant).push(answer);
      }
      waitForNext(0);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (timedOut) resolve("timeout");
      else resolve(code === 0 ? null : "exit");
    });
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(requests));
  });
}

describe("the files of the corpus", () => {
  test("the repairs turn buggy/ into fixed/, in any order", () => {
    for (const task of tasks) {
      const all = task.faults.map((_, i) => i);
      assert.deepEqual(withRepairs(task, all), task.fixed, task.id);
      assert.deepEqual(withRepairs(task, all.toReversed()), task.fixed, task.id);
      for (const fault of task.faults) {
        assert.equal((task.buggy[fault.file] ?? "").split(fault.before).length, 2, `${task.id}: ${fault.before}`);
      }
    }
  });

  test("every task has 2 to 4 visible and 10 to 20 hidden cases", () => {
    for (const { id, visible, hidden } of tasks) {
      assert.ok(visible.length >= 2 && visible.length <= 4, `${id} has ${visible.length} visible cases`);
      assert.ok(hidden.length >= 10 && hidden.length <= 20, `${id} has ${hidden.length} hidden cases`);
    }
  });

  test("no call is made twice in a task, neither visible nor hidden", () => {
    for (const { id, visible, hidden } of tasks) {
      const cases = [...visible, ...hidden];
      cases.forEach((one, i) => {
        const again = cases
          .slice(i + 1)
          .find((two) => one.call === two.call && sameValue([...one.args], [...two.args]));
        assert.equal(again, undefined, `${id}: ${one.call}(${JSON.stringify(one.args)}) occurs twice`);
      });
    }
  });

  test("ids and titles are unique", () => {
    assert.equal(new Set(tasks.map((task) => task.id)).size, tasks.length);
    for (const languages of [["javascript", "typescript"], ["python"]]) {
      const titles = tasks.filter((task) => languages.includes(task.language)).map((task) => task.title);
      assert.deepEqual(
        titles.filter((title, i) => titles.indexOf(title) !== i),
        [],
      );
    }
  });

  test("no two tasks have the same code", () => {
    const codes = tasks.map((task) => JSON.stringify(Object.values(task.fixed)));
    assert.equal(new Set(codes).size, codes.length);
  });

  test("files end in one line feed and have no carriage returns", () => {
    for (const task of tasks) {
      for (const [name, code] of [...Object.entries(task.buggy), ...Object.entries(task.fixed)]) {
        assert.match(code, /[^\n]\n$/, `${task.id}/${name}`);
        assert.doesNotMatch(code, /\r/, `${task.id}/${name}`);
      }
    }
  });
});

describe("the mix of the corpus", () => {
  const balanced = (group: readonly RepairTask[], name: string): void => {
    const train = group.filter((task) => task.split === "train").length;
    assert.ok(Math.abs(2 * train - group.length) <= 2, `${name}: ${train} of ${group.length} tasks are in train`);
  };

  test("there are 120 tasks or more, 60 in Python and 60 in JavaScript and TypeScript", () => {
    const inPython = tasks.filter((task) => task.language === "python").length;
    assert.ok(tasks.length >= 120, `${tasks.length} tasks`);
    assert.ok(inPython >= 60, `${inPython} Python tasks`);
    assert.ok(tasks.length - inPython >= 60, `${tasks.length - inPython} JavaScript and TypeScript tasks`);
    assert.ok(Math.abs(2 * inPython - tasks.length) <= tasks.length / 10, `${inPython} of ${tasks.length} are Python`);
    for (const language of ["javascript", "typescript"]) {
      assert.ok(tasks.filter((task) => task.language === language).length >= 20, language);
    }
  });

  test("there are 30 compound tasks or more", () => {
    const count = tasks.filter(isCompound).length;
    assert.ok(count >= 30, `${count} compound tasks`);
  });

  test("some tasks are modules of several files", () => {
    assert.ok(tasks.filter((task) => Object.keys(task.buggy).length > 1).length >= 10);
  });

  test("the splits are balanced, overall, by family of languages and by number of faults", () => {
    const inPython = tasks.filter((task) => task.language === "python");
    const others = tasks.filter((task) => task.language !== "python");
    balanced(tasks, "all");
    for (const [name, group] of [
      ["Python", inPython],
      ["JavaScript and TypeScript", others],
    ] as const) {
      balanced(group, name);
      balanced(group.filter(isCompound), `${name}, compound`);
    }
  });

  test("every class of faults occurs, and in both splits", () => {
    for (const name of FAULT_CLASSES) {
      const users = tasks.filter((task) => task.faults.some((fault) => fault.class === name));
      assert.ok(users.length > 0, `no task has a fault of the class ${name}`);
      if (users.length > 1) {
        assert.deepEqual([...new Set(users.map((task) => task.split))].toSorted(), ["test", "train"], name);
      }
    }
  });
});

describe("the code of the corpus", () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-corpus-"));
  const results = new Map<string, CaseOutcome[]>();

  before(async () => {
    const inPython = tasks.filter((task) => task.language === "python");
    const others = tasks.filter((task) => task.language !== "python");
    const groups = python ? [others, inPython] : [others];
    const parts = await Promise.all(groups.map((group) => runAll(writeVariants(root, group))));
    for (const part of parts) {
      for (const [key, outcomes] of part) results.set(key, outcomes);
    }
  });

  after(() => rmSync(root, { recursive: true, force: true }));

  const failures = (
    task: RepairTask,
    repaired: readonly number[],
    cases: readonly FunctionCase[],
    skip = 0,
  ): string[] => {
    const outcomes = results.get(keyOf(task, repaired)) ?? [];
    return cases.flatMap((item, i) => {
      const failure = failureOf(item, outcomes[i + skip] ?? { ended: "exit" });
      return failure === null ? [] : [`${item.call}(${JSON.stringify(item.args)}) ${failure}`];
    });
  };

  for (const task of tasks) {
    test(task.id, { skip: task.language === "python" && !python ? `${task.id}: ${withoutPython}` : false }, () => {
      const { visible, hidden, faults } = task;
      const all = faults.map((_, i) => i);
      assert.deepEqual(failures(task, all, [...visible, ...hidden]), [], "fixed/ fails cases");
      assert.notDeepEqual(failures(task, [], visible), [], "buggy/ passes all the visible cases");
      assert.notDeepEqual(failures(task, [], hidden, visible.length), [], "buggy/ passes all the hidden cases");
      for (const repaired of subsets(faults.length)) {
        if (repaired.length === 0 || repaired.length === faults.length) continue;
        const left = failures(task, repaired, visible);
        assert.notDeepEqual(left, [], `the visible cases pass with only the faults ${repaired.join()} repaired`);
      }
    });
  }

  test("about half of the compound tasks reward a partial repair", { skip: python ? false : withoutPython }, () => {
    const compound = tasks.filter(isCompound);
    const slopes = compound.filter((task) => {
      const without = failures(task, [], task.visible).length;
      return subsets(task.faults.length)
        .filter((repaired) => repaired.length > 0 && repaired.length < task.faults.length)
        .some((repaired) => failures(task, repaired, task.visible).length < without);
    });
    const share = slopes.length / compound.length;
    assert.ok(share >= 0.35 && share <= 0.65, `${slopes.length} of ${compound.length} compound tasks do`);
  });

  test("most buggy versions pass a visible case", { skip: python ? false : withoutPython }, () => {
    const passing = tasks.filter((task) => failures(task, [], task.visible).length < task.visible.length);
    assert.ok(passing.length >= 0.8 * tasks.length, `${passing.length} of ${tasks.length} do`);
  });
});

describe("loadRepairCorpus", () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-corpus-"));
  after(() => rmSync(root, { recursive: true, force: true }));

  const good = {
    id: "js-add",
    title: "Add",
    language: "javascript",
    split: "train",
    module: "main.js",
    faults: [{ class: "arithmetic-operator", file: "main.js", before: "a - b", after: "a + b", note: "adds" }],
    visible: [{ call: "add", args: [1, 2], returns: 3 }],
    hidden: [{ call: "add", args: [{ $: "NaN" }, 2], returns: { $: "NaN" } }],
  };

  const errorFor = (text: string): CorpusError => {
    const dir = join(root, "js-add");
    for (const [folder, sign] of [
      ["buggy", "-"],
      ["fixed", "+"],
    ] as const) {
      mkdirSync(join(dir, folder), { recursive: true });
      writeFileSync(join(dir, folder, "main.js"), `export const add = (a, b) => a ${sign} b;\n`);
    }
    writeFileSync(join(dir, "task.json"), text);
    try {
      loadRepairCorpus({ root });
    } catch (error) {
      if (error instanceof CorpusError) return error;
      throw error;
    }
    return new CorpusError("", "no error", "");
  };

  test("reads a task of a given folder", () => {
    assert.match(errorFor(JSON.stringify(good)).message, /no error/);
    const [task] = loadRepairCorpus({ root });
    assert.equal(task?.id, "js-add");
    assert.deepEqual(task.hidden, good.hidden);
    assert.deepEqual(loadRepairCorpus({ root, split: "test" }), []);
    assert.deepEqual(loadRepairCorpus({ root, language: "python" }), []);
  });

  test("filters by language and split", () => {
    const chosen = loadRepairCorpus({ language: "typescript", split: "train" });
    assert.ok(chosen.length > 0);
    assert.ok(chosen.every((task) => task.language === "typescript" && task.split === "train"));
    assert.deepEqual(
      tasks.map((task) => task.id),
      tasks.map((task) => task.id).toSorted(),
    );
  });

  const broken: ReadonlyArray<readonly [string, object | string, RegExp]> = [
    ["syntax", "{", /not JSON .* Correct the syntax/],
    ["an unknown split", { ...good, split: "dev" }, /split: .*"train"\|"test"/],
    [
      "an unknown class",
      { ...good, faults: [{ ...good.faults[0], class: "typo" }] },
      /faults\[0\]\.class: .*"arithmetic-operator"/,
    ],
    ["an id of another language", { ...good, id: "py-add" }, /is not one of javascript. Begin it with "js-"/],
    ["an id that is not the folder", { ...good, id: "js-sum" }, /not the name of the folder/],
    ["a module that is not there", { ...good, module: "add.js" }, /Name one of main\.js/],
    ["no faults", { ...good, faults: [] }, /faults: .*give one, two or three/],
    ["a case without a result", { ...good, visible: [{ call: "add", args: [] }] }, /visible\[0\]: needs either/],
    [
      "an unknown tag",
      { ...good, visible: [{ call: "add", args: [{ $: "Url" }], returns: 1 }] },
      /visible\[0\]\.args\[0\]: is no value.* undefined, NaN/,
    ],
    ["an unknown field", { ...good, author: "x" }, /the task: .*"author"/],
    ["a missing field", { ...good, hidden: undefined }, /hidden: .*undefined/],
  ];
  for (const [name, content, message] of broken) {
    test(`says where and what to do about ${name}`, () => {
      const error = errorFor(typeof content === "string" ? content : JSON.stringify(content));
      assert.match(`${error.what}. ${error.todo}`, message);
      assert.equal(error.where, join(root, "js-add", "task.json"));
    });
  }

  test("says so when the folder is not there", () => {
    assert.throws(() => loadRepairCorpus({ root: join(root, "nowhere") }), {
      what: "the folder cannot be read",
      todo: /^Pass the folder/,
    });
  });
});

describe("failureOf", () => {
  test("compares with tags, order and tolerance", () => {
    const same = (a: unknown, b: unknown, tolerance?: number): boolean =>
      failureOf(
        {
          call: "f",
          args: [],
          returns: JSON.parse(JSON.stringify(b)),
          ...(tolerance === undefined ? {} : { tolerance }),
        },
        { returns: JSON.parse(JSON.stringify(a)) },
      ) === null;
    assert.ok(same({ a: 1, b: [2] }, { b: [2], a: 1 }));
    assert.ok(!same([1, 2], [2, 1]));
    assert.ok(!same([1], [1, null]));
    assert.ok(!same({ a: null }, { b: null }));
    assert.ok(same({ $: "NaN" }, { $: "NaN" }));
    assert.ok(!same({ $: "-0" }, 0));
    assert.ok(
      same(
        {
          $: "Map",
          v: [
            ["a", 1],
            ["b", 2],
          ],
        },
        {
          $: "Map",
          v: [
            ["b", 2],
            ["a", 1],
          ],
        },
      ),
    );
    assert.ok(same({ $: "set", v: [1, 2] }, { $: "set", v: [2, 1] }));
    assert.ok(!same({ $: "set", v: [1, 1] }, { $: "set", v: [1, 2] }));
    assert.ok(!same({ $: "tuple", v: [1] }, [1]));
    assert.ok(!same({ $: "tuple", v: [1, 2] }, { $: "tuple", v: [2, 1] }));
    assert.ok(!same({ $: "Date", v: "2020-01-01T00:00:00.000Z" }, { $: "Date", v: "2021-01-01T00:00:00.000Z" }));
    assert.ok(same([0.1 + 0.2], [0.3], 1e-9));
    assert.ok(!same([0.1 + 0.2], [0.3]));
  });

  test("tells a result from an error and looks at the arguments", () => {
    const expected = { call: "f", args: [], throws: "RangeError", argsAfter: [[1]] };
    assert.equal(failureOf(expected, { throws: "RangeError", argsAfter: [[1]] }), null);
    assert.match(failureOf(expected, { throws: "TypeError" }) ?? "", /threw TypeError/);
    assert.match(failureOf(expected, { returns: 1 }) ?? "", /instead of throwing/);
    assert.match(failureOf(expected, { throws: "RangeError", argsAfter: [[2]] }) ?? "", /left the arguments/);
    assert.match(failureOf(expected, { ended: "timeout" }) ?? "", /stopped/);
  });
});
