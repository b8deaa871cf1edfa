import assert from "node:assert/strict";
import { test } from "node:test";
import { evolveConfigOf, evolveOptionsOf } from "./evolve-config.ts";
import { fixConfigOf, fixOptionsOf } from "./fix-config.ts";
import type { EvolveOptions, FixOptions } from "./options.ts";

/** What a run is a function of has to survive its record: a resumed run must judge as it did before it was killed. */
test("the options of a run come back from its record as they were given", () => {
  const fix: Required<Omit<FixOptions, "state" | "desk" | "jobs" | "isolation" | "unsafe" | "signal" | "onProgress">> =
    {
      root: "/project",
      paths: ["src"],
      test: "node --test",
      testTimeout: 7,
      heldOut: 0.3,
      editTests: true,
      lessons: true,
      issue: "The sum is wrong",
      exclude: ["data"],
      include: ["dist", ".env.test"],
      matrix: { dependency: "lodash", versions: ["3.10.1", "4.17.21"] },
      budget: { evaluations: 9 },
      seed: 4,
      search: "random",
      proposer: "syntax",
      models: { fast: { id: "openai/fast", threads: 2 } },
      prompts: "prompts",
      agent: { variables: ["KEY"], seconds: 60 },
      feedback: "trace",
      critics: ["rules", "taxonomy"],
    };
  assert.deepEqual(fixOptionsOf(JSON.parse(JSON.stringify(fixConfigOf(fix)))), fix);
  const evolve: Required<
    Omit<EvolveOptions, "state" | "desk" | "jobs" | "isolation" | "unsafe" | "signal" | "onProgress">
  > = {
    root: "/project",
    files: ["a.js"],
    score: "node score.js",
    blocks: true,
    heldOutScore: "node other.js",
    scoreTimeout: 2.5,
    objective: "points",
    minimize: true,
    minGain: 0.1,
    goal: 12,
    baselines: false,
    problem: "circle-packing",
    exclude: ["data"],
    include: ["instances/*.json"],
    budget: { seconds: 30 },
    seed: 5,
    search: "map-elites",
    proposer: "cma-es",
    models: {},
    prompts: "prompts",
    agent: { variables: ["KEY"], shown: ["/opt/agent"] },
  };
  assert.deepEqual(evolveOptionsOf(JSON.parse(JSON.stringify(evolveConfigOf(evolve)))), evolve);
});
