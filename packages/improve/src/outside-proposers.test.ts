import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { PersonCall } from "@pawl/propose";
import { probeSandbox } from "@pawl/verify";
import { evolve } from "./evolve.ts";
import { replayRun } from "./resume.ts";
import { feedbackOf } from "./feedback.ts";
import { patchOf, showRun } from "./runs.ts";
import { speed } from "./speed.ts";
import { submit } from "./submit.ts";

const works = (await probeSandbox()).some((probe) => probe.works);
const skip = works ? false : "no sandbox works here";
const slow = works && process.env["PAWL_SLOW"] !== "1" ? "PAWL_SLOW=1 is not set" : skip;

const RULE = `// pawl:block gain
export const gain = (x) => x * 2;
// pawl:end
export const untouched = 1;
`;
const FILES = {
  "package.json": '{"type":"module"}',
  "rule.js": RULE,
  "score.js": 'import { gain, untouched } from "./rule.js";\nconsole.log(untouched * gain(5));\n',
};
const SCORE = { files: ["rule.js"], score: "node score.js", baselines: false };

interface Project extends Disposable {
  readonly root: string;
  readonly state: string;
}

/** `agents`: shell scripts by name; each reads its task. */
function project(files: Readonly<Record<string, string>>, agents: Readonly<Record<string, string>> = {}): Project {
  const root = mkdtempSync(join(tmpdir(), "pawl-outside-"));
  const scripts = Object.entries(agents).map(([name, text]) => [`agents/${name}`, `#!/bin/sh\ntask=$(cat)\n${text}\n`]);
  for (const [path, text] of [...Object.entries(files), ...scripts] as [string, string][]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: path.startsWith("agents/") ? 0o755 : 0o644 });
  }
  return { root, state: join(root, ".pawl"), [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** Improves what it finds as long as the task says so, one step each time. */
const STEPWISE = `
case $task in *'\`node score.js\` prints for this code is to get higher; the code as it was at the start has 10.'*) ;; *) exit 9 ;; esac
case $task in *'- rule.js'*) ;; *) exit 8 ;; esac
if grep -q 'x \\* 3' rule.js; then
  case $task in *'hold an earlier change: rule.js (-1 +1): passed, score 15'*) ;; *) exit 7 ;; esac
  sed -i 's/x \\* 3/x * 4/' rule.js
else
  sed -i 's/x \\* 2/x * 3/' rule.js
fi
echo 'console.log(1e9)' >> score.js`;

test(
  "an agent raises a score step by step, cannot touch the score program, and a replay asks nobody",
  { skip },
  async () => {
    using made = project(FILES, { "stepwise.sh": STEPWISE });
    const { root, state } = made;
    const result = await evolve({ root, ...SCORE, proposer: "agent:./agents/stepwise.sh", goal: 20 });
    assert.deepEqual([result.status, result.score.before, result.score.after], ["improved", 10, 20]);
    assert.deepEqual([result.files, result.evaluations.screened], [["rule.js"], 2]);
    rmSync(join(root, "agents"), { recursive: true });
    assert.equal((await replayRun({ state, run: result.run })).identical, true);
  },
);

test("blocks hold for an agent and for a person, who is told at once", { skip }, async () => {
  const both = "sed -i 's/x \\* 2/x * 3/; s/untouched = 1/untouched = 9/' rule.js";
  using made = project(FILES, { "both.sh": both });
  const { root, state } = made;
  const caught = await evolve({ root, ...SCORE, blocks: true, proposer: "agent:./agents/both.sh" });
  assert.deepEqual([caught.status, caught.evaluations.screened, caught.answers?.answers], ["not-improved", 0, 3]);
  const calls: PersonCall[] = [];
  const changes = [RULE.replace("untouched = 1", "untouched = 9"), RULE, RULE.replace("x * 2", "x * 3")];
  const desk = {
    async next(call: PersonCall) {
      calls.push(call);
      return { "rule.js": changes[calls.length - 1] as string };
    },
  };
  const result = await evolve({ root, ...SCORE, blocks: true, proposer: "human", goal: 15, desk });
  assert.equal(result.score.after, 15);
  assert.match(
    calls[0]?.text ?? "",
    /only what stands between the comments `pawl:block name` and `pawl:end` may change/,
  );
  assert.match(calls[1]?.refused ?? "", /rule\.js: it changes something outside of the blocks/);
  assert.match(calls[2]?.refused ?? "", /changes nothing/);
  assert.equal((await replayRun({ state, run: result.run })).identical, true);
});

test("what is submitted to a score gets its verdict whether it gains or not", { skip }, async (t) => {
  using made = project(FILES);
  const { root, state } = made;
  const begun = Promise.withResolvers<string>();
  const stop = new AbortController();
  t.after(() => stop.abort());
  const running = evolve({
    root,
    ...SCORE,
    proposer: "human",
    goal: 15,
    signal: stop.signal,
    onProgress: ({ run, phase }) => phase === "searching" && begun.resolve(run),
  });
  running.catch(begun.reject);
  const run = await begun.promise;
  const word = (to: string) => submit({ state, run, files: { "rule.js": RULE.replace("x * 2", to) } });
  const worse = await word("x");
  assert.deepEqual([worse.kept, worse.status, worse.scores], [false, "passed", { score: [5] }]);
  await assert.rejects(word("x"), /tried before/);
  const broken = await word("y");
  assert.deepEqual([broken.kept, broken.status], [false, "failed"]);
  assert.equal((await word("x * 3")).kept, true);
  assert.equal((await running).status, "improved");
  assert.equal(showRun(state, run).attempts.length, 3);
  assert.equal(feedbackOf(state, run).length, 3);
  assert.match(patchOf(state, run), /^\+export const gain = \(x\) => x \* 3;$/m);
});

test("what cannot work is said before a run is started", async () => {
  using made = project(FILES);
  const { root } = made;
  const start = (proposer: string, agent = {}) => evolve({ root, ...SCORE, proposer, agent });
  await assert.rejects(start("self:3fa9"), { name: "UsageError", message: /repairs failing tests/ });
  await assert.rejects(start("agent:./no-such-agent"), { name: "MachineError" });
  await assert.rejects(start("agent:sh", { variables: ["PAWL_NOT_SET"] }), /PAWL_NOT_SET is not set/);
  await assert.rejects(start("syntaxx"), /there is no proposer 'syntaxx'/);
  await assert.rejects(speed({ root, target: "rule.js#gain", proposer: "self:3fa9" }), /repairs failing tests/);
});

test(
  "an agent makes a function faster, told where the time goes, with an expert beside it",
  { skip: slow },
  async () => {
    const faster = `
case $task in *'Make the function \`common\` of common.js faster'*'- common.js:3 ('*' % of the time)'*) ;; *) exit 9 ;; esac
sed -i 's/= \\[\\];/= [], set = new Set(b);/; s/b.includes(item)/set.has(item)/' common.js`;
    using made = project(
      {
        "package.json": '{"type":"module"}',
        "common.js":
          "export function common(a, b) {\n  const out = [];\n  for (const item of a) if (b.includes(item)) out.push(item);\n  return out;\n}\n",
      },
      { "faster.sh": faster },
    );
    const { root, state } = made;
    const examples = [
      [
        [1, 2, 3, 2],
        [2, 3, 9],
      ],
      [[5, 6], []],
    ];
    const options = { root, target: "common.js#common", examples, expert: "scripted" as const };
    const result = await speed({ ...options, proposer: "agent:./agents/faster.sh", budget: { evaluations: 1 } });
    assert.equal(result.status, "faster");
    assert.match(result.patch, /set\.has\(item\)/);
    assert.equal((await replayRun({ state, run: result.run })).identical, true);
  },
);
