import assert from "node:assert/strict";
import { test } from "node:test";
import { demandProposer } from "./demand-proposer.ts";
import type { RunConfig } from "./run-config.ts";

const CONFIG = { root: "/", budget: { evaluations: 1 }, seed: 1, search: "hill-climb" };

function demand(proposer: string, agent?: RunConfig["agent"]): void {
  demandProposer({ ...CONFIG, proposer, ...(agent === undefined ? {} : { agent }) } as RunConfig, ["syntax"]);
}

test("what only an agent takes is refused for everybody else, and an unknown name names the known ones", () => {
  for (const proposer of ["syntax", "human", "mix"]) {
    demand(proposer);
    assert.throws(() => demand(proposer, { steps: true }), { what: /is no coding agent/ });
  }
  demand("agent:sh -c true", { steps: true, seconds: 5 });
  assert.throws(() => demand("magic"), { todo: /syntax, model:<id>, mix, agent:<command>, human/ });
  assert.throws(() => demand("self:1"), { todo: /pawl fix/ });
});
