import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { recordOf, Store, type RunEvent } from "@pawl/core";
import { startFaultServer } from "../../propose/src/model/fixture-fault-server.ts";
import { bugsOf } from "./bugs.ts";
import { fix } from "./fix.ts";
import { guidanceAsked } from "./guidance.ts";
import { replayRun } from "./resume.ts";

const BROKEN =
  "export const larger = (a, b) => {\n  if (a < b) return a;\n  return b;\n};\nexport const twice = (a) => a + 3;\n";
const STEP = BROKEN.replace("a + 3", "a + a");
const RIGHT = STEP.replace("a < b", "a > b");
/** Stands in the prompts of requests that start from the first step. */
const FROM_STEP = `\`\`\`js\n${STEP}`;
const FILES = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "n.js": BROKEN,
  "n.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { larger, twice } from "./n.js";\ntest("larger", () => assert.equal(larger(2, 1), 2));\ntest("twice", () => assert.equal(twice(4), 8));\n',
};

function project(t: TestContext): { readonly root: string; readonly state: string } {
  const root = mkdtempSync(join(tmpdir(), "pawl-guidance-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
  return { root, state: join(root, ".pawl") };
}

function inStore<T>(state: string, read: (store: Store) => T): T {
  const store = Store.open(state);
  try {
    return read(store);
  } finally {
    store.close();
  }
}

/** Answers as a model would that sees one fault at a time, and keeps what it was asked. */
function answers(prompts: string[]): (prompt: string) => string {
  return (prompt) => {
    prompts.push(prompt);
    if (prompt.startsWith("Explain this code") || prompt.includes("\nExplain this code"))
      return "1: takes two numbers\n2: gives back the smaller one first\n5: adds three";
    if (prompt.includes("Name the kind of its fault"))
      return '{"kind": "comparison-operator", "line": 2, "cause": "It asks the wrong way round.", "confidence": 0.9}';
    const next = prompt.includes("a + a") ? RIGHT : STEP;
    if (prompt.includes("could not be applied") && prompt.includes("SEARCH"))
      return `n.js\n<<<<<<< SEARCH\n${prompt.includes("a + a") ? STEP : BROKEN}=======\n${next}>>>>>>> REPLACE\n`;
    return `One of them is wrong.\n\nn.js\n\`\`\`js\n${next}\`\`\`\n`;
  };
}

const asked = (events: readonly RunEvent[], name: string): number =>
  events.filter((event) => event.type === "answered" && event.data.name === name).length;

test("a model reads its own explanation and the critics' word; it goes on from the last program; a replay needs no model", async (t) => {
  const { root, state } = project(t);
  const prompts: string[] = [];
  const server = await startFaultServer({ rate: 0, respond: answers(prompts) });
  const result = await fix({
    root,
    unsafe: true,
    proposer: `model:${server.url}#test`,
    search: "turns",
    feedback: "explanation",
    critics: ["rules", "taxonomy", "model"],
    heldOut: 0,
    budget: { evaluations: 4 },
  });
  await server.close();
  assert.equal(result.status, "fixed");
  const questions = prompts.filter((prompt) => prompt.includes("n.js (may change)"));
  const [first = "", last = ""] = [questions[0], questions.find((each) => each.includes(FROM_STEP))];
  assert.match(first, /gives back the smaller one first/);
  assert.match(first, /fault-rules: The fault is most likely/);
  assert.match(first, /taxonomy: By how it fails, the bug is of the kind C\.1/);
  assert.match(first, /It asks the wrong way round\. \(comparison-operator, line 2\)/);
  assert.match(last, /What became of the code as it is shown above:\s+The change is wrong: not all tests pass\./);
  const events = inStore(state, (store) => recordOf(store, result.run));
  const parents = new Set(events.flatMap((event) => (event.type === "proposed" ? [event.data.request.parent] : [])));
  assert.ok(asked(events, "explanation") >= parents.size && asked(events, "explanation") <= parents.size + 1);
  assert.equal(asked(events, "critique"), asked(events, "explanation"), "each parent is asked about once");
  const replay = await replayRun({ state, run: result.run, unsafe: true });
  assert.deepEqual([replay.identical, replay.differences], [true, []]);
});

test("at the level trace a failing test is run once for each parent, and its lines are told", async (t) => {
  const { root, state } = project(t);
  const prompts: string[] = [];
  const server = await startFaultServer({ rate: 0, respond: answers(prompts) });
  const { run } = await fix({
    root,
    unsafe: true,
    proposer: `model:${server.url}#test`,
    search: "turns",
    feedback: "trace",
    heldOut: 0,
    budget: { evaluations: 3 },
  });
  await server.close();
  const last = prompts.find((each) => each.includes(FROM_STEP)) ?? "";
  assert.match(last, /n\.test\.js > larger: [^]*Lines of n\.js that 'n\.test\.js > larger' runs:\n1: /);
  const replay = await replayRun({ state, run, unsafe: true });
  assert.deepEqual(replay.differences, []);
});

test("without a model the same evidence bends the order of edits, and what repaired which bug is remembered", async (t) => {
  const { root, state } = project(t);
  const options = { root, unsafe: true, heldOut: 0, budget: { evaluations: 400 } } as const;
  const plain = await fix(options);
  const told = await fix({ ...options, feedback: "tests", critics: ["rules", "value", "taxonomy"] });
  assert.equal(told.status, "fixed");
  const orderOf = (run: string): readonly string[] =>
    inStore(state, (store) =>
      recordOf(store, run).flatMap((event) => (event.type === "proposed" ? [event.data.candidate.origin.summary] : [])),
    ).slice(0, 10);
  assert.notDeepEqual(orderOf(told.run), orderOf(plain.run));
  const report = await bugsOf(state, told.run);
  assert.equal(report.base, "C.1");
  assert.equal(report.attempts.length, report.failed);
  assert.ok(report.bugs.every(({ madeBy }) => Object.keys(madeBy).every((name) => name === "syntax")));
  assert.ok(
    report.bugs.some(({ repairedBy }) => Object.keys(repairedBy).length > 0),
    "what made the tests pass",
  );
  assert.ok(report.sizes.passed !== undefined && report.sizes.failed !== undefined);
  const learned = inStore(state, (store) => store.learned("bug-operators")) as { counts: Record<string, object> };
  assert.ok(Object.keys(learned.counts).length > 0);
  const replay = await replayRun({ state, run: told.run, unsafe: true });
  assert.deepEqual([replay.identical, replay.differences], [true, []]);
});

test("what makes no sense is said before anything is started", () => {
  const refused = (feedback: string | undefined, critics: readonly string[] | undefined, proposer: string): RegExp => {
    try {
      guidanceAsked(
        { ...(feedback === undefined ? {} : { feedback }), ...(critics === undefined ? {} : { critics }) },
        proposer,
      );
      return /no error/;
    } catch (error) {
      return new RegExp((error as { what: string }).what.replaceAll(/[^\w ]/g, "."));
    }
  };
  assert.match("there is no feedback 'loud'", refused("loud", undefined, "syntax"));
  assert.match("there is no critic 'nobody'", refused(undefined, ["nobody"], "syntax"));
  assert.match("an explanation of the code is of use to a model only", refused("explanation", undefined, "syntax"));
  assert.match(
    "the critic 'model' asks the model that makes the candidates, and none does",
    refused(undefined, ["model"], "syntax"),
  );
  assert.match("agents and people find out for themselves what the tests say", refused("tests", undefined, "human"));
  assert.deepEqual(guidanceAsked({}, "syntax"), {});
  assert.deepEqual(guidanceAsked({}, "mix"), { feedback: "tests" });
});
