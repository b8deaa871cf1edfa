import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { readAgentRuns } from "./agent-record.ts";
import { improveAgents } from "./agent-runs.ts";

const skip = (await probeSandbox()).some((probe) => probe.works) ? false : "no sandbox works here";

test("agents that are no longer wanted pause their run, whatever the reason", { skip }, async (t) => {
  const state = mkdtempSync(join(tmpdir(), "pawl-agents-"));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const stop = new AbortController();
  const say = (): void => void setTimeout(() => stop.abort("enough"), 200);
  const run = improveAgents({ state, children: 1, stages: [6], fresh: 1, signal: stop.signal, say });
  await assert.rejects(run, { todo: /pawl agent improve --resume agent-1/ });
  assert.deepEqual(readAgentRuns(state), [], "no half agent is on record");
});
