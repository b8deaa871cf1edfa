import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { recordRun } from "./fixture-agents.ts";
import { agentLineage } from "./lineage.ts";
import { agentHash, baseAgent, shortId, withChanges, type AgentFiles } from "./workspace.ts";

/** The base agent with a file for each word. */
function agent(...words: readonly string[]): AgentFiles {
  return withChanges(baseAgent(), Object.fromEntries(words.map((word) => [`tools/${word}.js`, `// ${word}\n`])));
}

test("a lineage goes back through all runs to the agent that Pawl comes with", async (t) => {
  const state = mkdtempSync(join(tmpdir(), "pawl-agents-"));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const [one, two] = [agent("one"), agent("one", "two")];
  const ids = await recordRun(state, baseAgent(), [one, two]);
  const [three] = await recordRun(state, two, [agent("one", "two", "three")]);
  const [four] = await recordRun(state, agent("one", "two", "three"), [agent("one", "two", "three", "four")]);
  const { steps } = agentLineage(state, four as string);
  assert.deepEqual(
    steps.map(({ id }) => id),
    [shortId(agentHash(baseAgent())), ...ids, three, four],
  );
  assert.deepEqual(
    steps.map(({ diff }) => diff.match(/^\+\/\/ .*$/m)?.[0] ?? ""),
    ["", "+// one", "+// two", "+// three", "+// four"],
  );
});

test("an agent of unknown origin is compared with the one that Pawl comes with", async (t) => {
  const state = mkdtempSync(join(tmpdir(), "pawl-agents-"));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const [two] = await recordRun(state, agent("one"), [agent("one", "two")]);
  const { steps } = agentLineage(state, two as string);
  assert.equal(steps.length, 2);
  assert.match(steps[0]?.diff ?? "", /^\+\/\/ one$/m);
  assert.match(steps[1]?.diff ?? "", /^\+\/\/ two$/m);
});
