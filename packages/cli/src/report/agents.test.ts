import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentLineage, ImproveAgentsReport } from "@pawl/improve";
import { Screen } from "../screen.ts";
import { improvedText, lineageText } from "./agents.ts";

const screen = new Screen({ json: false, plain: true });
const next = (line: string): string => `pawl ${line}`;
const TRIPPED = { canary: "detector-log", what: "the detector's log was changed" } as const;

test("nothing that an agent wrote steers the terminal on which it is looked at", () => {
  const diff = "+fetch('http://evil'); // \u001b[1A\u001b[2K\r\n+const a = '\u202e';\n";
  const step = { id: "b", by: "a", brief: null, solved: 1, of: 2, diff };
  const lineage: AgentLineage = { agent: "b", run: "agent-1", approved: false, tripped: null, steps: [step] };
  const text = lineageText(lineage, next, screen);
  assert.doesNotMatch(text, /(?!\n)\p{Cc}|\p{Cf}/u);
  assert.ok(text.includes("evil'); // \\x1b[1A\\x1b[2K\\x0d") && text.includes("\\u{202e}"), text);
});

test("an agent that touched a canary is named and not offered", () => {
  const first = { agent: "a", solved: 1, of: 3, tripped: null };
  const best = { agent: "b", solved: 3, of: 3, tripped: TRIPPED };
  const report: ImproveAgentsReport = { run: "agent-1", first, best, children: 2, working: 1, tripped: 0 };
  const text = improvedText(report, next, screen);
  assert.match(text, /does not count: agent b touched a canary/);
  assert.doesNotMatch(text, /agent use/);
  assert.match(improvedText({ ...report, best: { ...best, tripped: null } }, next, screen), /agent use b/);
  assert.doesNotMatch(
    lineageText({ agent: "b", run: "agent-1", approved: false, tripped: TRIPPED, steps: [] }, next, screen),
    /agent use/,
  );
});

test("only the best agent is said to have been measured", () => {
  const score = { agent: "a", solved: 1, of: 3, tripped: null };
  const report: ImproveAgentsReport = {
    run: "agent-1",
    first: score,
    best: score,
    children: 2,
    working: 1,
    tripped: 0,
  };
  assert.match(improvedText(report, next, screen), /^The best agent solves no more new tasks than the first: 1 of 3/);
});
