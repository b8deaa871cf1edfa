import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Answer, Json, Proposal, ProposeContext } from "@pawl/core";
import { AgentProposer, parseAgent } from "@pawl/propose";
import { findAgentProgram, openSandbox, removeSnapshot, takeSnapshot, Workspace, type Sandbox } from "@pawl/verify";
import { fix } from "./fix.ts";
import { replayRun } from "./resume.ts";
import { showRun } from "./runs.ts";

const ACP_AGENT = fileURLToPath(new URL("fixture-acp-agent.ts", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const SUM =
  "export function sum(values) {\n  let total = 0;\n  for (const value of values) total -= value;\n  return total;\n}\n";
const TEST =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { sum } from "./sum.js";\n\n' +
  'test("one", () => assert.equal(sum([7]), 7));\ntest("none", () => assert.equal(Math.abs(sum([])), 0));\n';

describe("a coding agent as proposer", () => {
  let root = "";
  let sandbox: Sandbox;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), "pawl-agent-project-"));
    writeFileSync(
      join(root, "package.json"),
      '{ "name": "sum", "type": "module", "scripts": { "test": "node --test" } }\n',
    );
    writeFileSync(join(root, "sum.js"), SUM);
    writeFileSync(join(root, "sum.test.js"), TEST);
    symlinkSync("/etc/passwd", join(root, "link"));
    mkdirSync(join(root, "agents"));
    const scripts: Record<string, string> = {
      "repair.sh": "cat > /dev/null; sed -i 's/-=/+=/' sum.js",
      "touches-tests.sh": "echo '// cheat' >> sum.test.js; rm package.json; echo x > new.js; sed -i 's/-=/+=/' sum.js",
      "hangs.sh": "sed -i 's/-=/+=/' sum.js; sleep 1000",
      "floods.sh": "sed -i 's/-=/+=/' sum.js; head -c 30000000 /dev/zero | tr '\\0' x; echo",
      "link.sh": "rm sum.js; ln -s /etc/passwd sum.js",
      "leaves.sh": "(while true; do echo later >> sum.js; sleep 0.05; done) & sed -i 's/-=/+=/' sum.js",
      "fails-after.sh": "sed -i 's/-=/+=/' sum.js; exit 3",
      "fails.sh": "echo no key >&2; exit 1",
      "leaks.sh": 'sed -i "s/-=/+=/" sum.js; echo "// $KEY" >> sum.js; echo "my key is $KEY"; exit 1',
      "nothing.sh": "cat > /dev/null",
      "commits.sh": [
        "grep -q 'Commit each logical step' || exit 9",
        "echo '// looked at' >> sum.js; echo '// cheat' >> sum.test.js; git commit -qam 'Look at it'",
        "git commit -q --allow-empty -m 'Think'",
        "sed -i 's/-=/+=/' sum.js; git commit -qam 'Add instead of taking away\n\nwith a body'",
        "sed -i '/looked at/d' sum.js",
      ].join("\n"),
      "throws-away.sh": "rm -rf .git; sed -i 's/-=/+=/' sum.js",
      "traps.sh": [
        "echo '*.js export-ignore' > .gitattributes",
        'echo "// $KEY" >> sum.js; git commit -qam "leak $KEY"; sed -i "/$KEY/d; s/-=/+=/" sum.js; git commit -qam done',
        "mkdir -p .git/pawl-steps; ln -s /etc .git/pawl-steps/1; ln -s /etc/passwd .git/pawl-steps/2.subject",
      ].join("\n"),
    };
    for (const [name, text] of Object.entries(scripts))
      writeFileSync(join(root, "agents", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    writeFileSync(
      join(root, "agents/repair.py"),
      "import sys\ntask = sys.stdin.read()\nassert 'sum.js' in task and 'one' in task, task\ntext = open('sum.js').read()\nopen('sum.js', 'w').write(text.replace('-=', '+='))\n",
    );
    writeFileSync(
      join(root, "agents/repair.mjs"),
      'import { readFileSync, writeFileSync } from "node:fs";\nwriteFileSync("sum.js", readFileSync("sum.js", "utf8").replace("-=", "+="));\n',
    );
    sandbox = await openSandbox();
  });
  after(() => rmSync(root, { recursive: true }));

  /** One piece of work: the proposal, what was noted, what was recorded. */
  async function work(agent: string, seconds = 60, secrets: Readonly<Record<string, string>> = {}, steps = false) {
    const { protocol, argv } = parseAgent(agent);
    const snapshot = await takeSnapshot(root);
    const notes: string[] = [];
    const answers: Answer<Json>[] = [];
    const proposer = new AgentProposer({
      id: `agent:${agent}`,
      protocol,
      task: { goal: "Repair it.", known: ["Failing: one"], rules: "", places: [{ path: "sum.js", line: 3 }] },
      seconds,
      steps,
      engage: async (files) => {
        const program = findAgentProgram(argv, root);
        const readOnly = [...program.readOnly, ...(protocol === "acp" ? [PACKAGES] : [])];
        const room = await Workspace.open(sandbox, { snapshot, files, readOnly, network: true });
        return { room, argv: program.argv, secrets };
      },
    });
    const context = {
      editable: ["sum.js"],
      archive: { get: () => undefined },
      refuses: () => "it is not among the files that may change",
      read: () => SUM,
      note: (line: string) => notes.push(line),
      ask: async (_name: string, _bound: unknown, get: (signal: AbortSignal) => Promise<Answer<Json>>) => {
        const answer = await get(new AbortController().signal);
        answers.push(answer);
        return answer.value;
      },
    } as unknown as ProposeContext;
    const proposals: Proposal[] = [];
    try {
      const request = { parent: "base", edits: 1, temperature: 0 };
      for await (const proposal of proposer.propose(request, context)) proposals.push(proposal);
    } finally {
      await removeSnapshot(snapshot);
    }
    return { proposal: proposals[0] ?? null, proposals, notes, answer: answers[0] as Answer<Json> };
  }

  const REPAIRED = { "sum.js": [{ start: SUM.indexOf("-="), end: SUM.indexOf("-=") + 1, text: "+" }] };

  for (const agent of [
    "./agents/repair.sh",
    "python3 agents/repair.py",
    "node agents/repair.mjs",
    `acp:node ${ACP_AGENT}`,
  ])
    test(`repairs: ${agent.replace(/\/.*\//, "")}`, async () => {
      const { proposal, notes } = await work(agent);
      assert.deepEqual(proposal?.edits, REPAIRED, notes.join("; "));
      assert.equal(proposal?.origin.summary, "sum.js (-1 +1)");
      assert.deepEqual(notes, []);
      assert.equal(readFileSync(join(root, "sum.js"), "utf8"), SUM);
    });

  test("what it did to tests, settings and new files is refused with the reason; the rest is judged", async () => {
    const { proposal, notes } = await work("./agents/touches-tests.sh");
    assert.deepEqual(proposal?.edits, REPAIRED);
    assert.deepEqual(notes, [
      "refused new.js: it is not among the files that may change",
      "refused package.json: files are not deleted",
      "refused sum.test.js: it is not among the files that may change",
    ]);
    assert.equal(readFileSync(join(root, "sum.test.js"), "utf8"), TEST);
    assert.ok(!existsSync(join(root, "new.js")));
  });

  test("one that hangs is stopped, and what it had done counts", async () => {
    const { proposal, notes } = await work("./agents/hangs.sh", 3);
    assert.deepEqual(proposal?.edits, REPAIRED);
    assert.deepEqual(notes, ["the agent: stopped after 3 s"]);
  });

  test("a flood of output is cut; a little of it is recorded", async () => {
    const { proposal, answer } = await work("./agents/floods.sh");
    assert.deepEqual(proposal?.edits, REPAIRED);
    assert.ok(JSON.stringify(answer).length < 10_000);
  });

  test("a file replaced by a link is refused, and what it leads to is not read", async () => {
    const { proposal, notes, answer } = await work("./agents/link.sh");
    assert.equal(proposal, null);
    assert.deepEqual(notes, [
      "refused sum.js: is no regular file any more",
      "the agent changed nothing that may change",
    ]);
    assert.ok(!JSON.stringify(answer).includes("root:"));
  });

  test("processes it leaves behind are gone before its change is read", async () => {
    const { answer } = await work("./agents/leaves.sh");
    const { files } = answer.value as { files: Record<string, string> };
    assert.match(files["sum.js"] as string, /total \+= value/);
  });

  test("a good change counts although it ended with an error; an error without a change is a fault that says why", async () => {
    const { proposal, notes } = await work("./agents/fails-after.sh");
    assert.deepEqual(proposal?.edits, REPAIRED);
    assert.deepEqual(notes, ["the agent: ended with exit code 3"]);
    await assert.rejects(work("./agents/fails.sh"), /ended with exit code 1; it said: no key/);
    const idle = await work("./agents/nothing.sh");
    assert.deepEqual(idle.notes, ["the agent changed nothing that may change"]);
  });

  test("a secret is in nothing that is recorded, and no change that holds it is taken", async () => {
    const { proposal, notes, answer } = await work("./agents/leaks.sh", 60, { KEY: "hunter2-hunter2" });
    assert.equal(proposal, null);
    assert.ok(notes.includes("refused sum.js: it would hold a secret of the environment"), notes.join("; "));
    assert.ok(!JSON.stringify([answer, notes]).includes("hunter2"));
    assert.match(JSON.stringify(answer), /my key is \[key\]/);
  });

  test("ACP: told what was refused it may do better once; tokens and money are counted", async () => {
    const { proposal, notes, answer } = await work(`acp:node ${ACP_AGENT} cheat`);
    assert.deepEqual(proposal?.edits, REPAIRED, notes.join("; "));
    assert.deepEqual(notes, []);
    assert.deepEqual([answer.tokens, answer.dollars], [1234, 0.25]);
  });

  test("ACP: files and permissions end at the edge of the copy", async () => {
    const { proposal, answer } = await work(`acp:node ${ACP_AGENT} escape`);
    assert.deepEqual(proposal?.edits, REPAIRED);
    assert.equal((answer.value as { said: string }).said, "refused refused refused no yes");
  });

  test("ACP: one that hangs, dies or floods ends as a fault", async (t) => {
    if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
    await assert.rejects(work(`acp:node ${ACP_AGENT} hang`, 5), /changed nothing: stopped after 5 s/);
    await assert.rejects(work(`acp:node ${ACP_AGENT} die`), /changed nothing: failed/);
    await assert.rejects(work(`acp:node ${ACP_AGENT} flood`), /changed nothing: stopped: it sent more than 64 MB/);
  });

  test("commits are steps: in order, what may not change left out, then the whole", async () => {
    const { proposals, notes, answer } = await work("./agents/commits.sh", 60, {}, true);
    const { steps } = answer.value as { steps: readonly { subject: string; files: Record<string, string> }[] };
    assert.deepEqual(
      steps.map(({ subject }) => subject),
      ["Look at it", "Think", "Add instead of taking away"],
    );
    assert.deepEqual(Object.keys(steps[0]?.files ?? {}), ["sum.js"]);
    assert.deepEqual(
      proposals.map(({ origin }) => origin.summary.replace(/ \(.*/, "")),
      ["Look at it: sum.js", "Add instead of taking away: sum.js", "sum.js"],
      "what changes nothing is no step",
    );
    assert.deepEqual(proposals.at(-1)?.edits, REPAIRED);
    assert.deepEqual(notes, ["refused sum.test.js: it is not among the files that may change"]);
  });

  test("an agent that throws its repository away, or sets traps in it, is judged by what its files say", async () => {
    const thrown = await work("./agents/throws-away.sh", 60, {}, true);
    assert.deepEqual([thrown.proposals.length, thrown.proposal?.edits], [1, REPAIRED]);
    const { proposals, answer, notes } = await work("./agents/traps.sh", 60, { KEY: "hunter2-hunter2" }, true);
    assert.deepEqual(
      proposals.map(({ edits }) => edits),
      [REPAIRED],
      notes.join("; "),
    );
    assert.ok(!JSON.stringify([answer, notes]).includes("hunter2"));
    assert.ok(!JSON.stringify(answer).includes("root:"));
  });

  test("each step of a run is judged on the one before, the smallest that repairs is the result, and it repeats", async (t) => {
    if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
    const state = join(root, ".pawl-steps");
    const result = await fix({ root, state, proposer: "agent:./agents/commits.sh", agent: { steps: true } });
    assert.deepEqual([result.status, result.evaluations.screened, result.answers?.answers], ["fixed", 3, 1]);
    const { attempts } = showRun(state, result.run);
    assert.deepEqual(
      attempts.map(({ status, kept }) => [status, kept]),
      [
        ["failed", false],
        ["passed", true],
        ["passed", true],
      ],
    );
    assert.match(result.patch, /looked at/, "the first that repairs is built on fewer steps than the whole");
    const replayed = await replayRun({ state, run: result.run });
    assert.equal(replayed.identical, true);
    await assert.rejects(fix({ root, state, proposer: "human", agent: { steps: true } }), /is no coding agent/);
  });

  test("a whole run with an agent is judged, and repeats without the agent", async () => {
    const state = join(root, ".pawl");
    const result = await fix({ root, state, proposer: "agent:./agents/touches-tests.sh" });
    assert.equal(result.status, "fixed");
    assert.deepEqual(result.files, ["sum.js"]);
    rmSync(join(root, "agents/touches-tests.sh"));
    const replayed = await replayRun({ state, run: result.run });
    assert.equal(replayed.identical, true);
  });
});

test("agents are named by a preset, a protocol or a command", () => {
  assert.deepEqual(parseAgent("node 'my agent.mjs' --x=\"a b\"").argv, ["node", "my agent.mjs", "--x=a b"]);
  assert.equal(parseAgent("gemini").protocol, "acp");
  assert.deepEqual(parseAgent("codex").variables, ["OPENAI_API_KEY"]);
  for (const wrong of ["", "acp:", "sh -c 'x"]) assert.throws(() => parseAgent(wrong), { name: "UsageError" });
  assert.throws(() => findAgentProgram(["no-such-agent"], "/tmp"), { name: "MachineError" });
});
