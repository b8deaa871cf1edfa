import assert from "node:assert/strict";
import { test } from "node:test";
import type { EditNote, EditWeights, Experience, ProposalRequest, ProposeContext, Proposer } from "@pawl/core";
import { HistoryPolicy, OperatorPolicy, PolicyProposer } from "./edit-policy.ts";

const edit = (operator: string, line: number): EditNote => ({
  operator,
  faultClass: "comparison-operator",
  nodeKind: "binary",
  path: "a.js",
  line,
  suspiciousness: 1,
  weight: 1,
});
const nothing = new Set<string>();
const edited = new Set(["a.js:3"]);

test("an operator that gains is preferred, whatever was edited before", () => {
  const policy = new OperatorPolicy({ reward: "potential" });
  for (let n = 0; n < 40; n++) {
    policy.learn([edit("good", 1)], nothing, 0.6, 0.2);
    policy.learn([edit("bad", 1)], nothing, 0.1, 0.2);
  }
  const { good = 0, bad = 0 } = policy.weights().byOperator ?? {};
  assert.ok(good > bad);
});

test("with the history, a start and what was edited have operators of their own, and places are returned to where that pays", () => {
  const policy = new HistoryPolicy({ reward: "potential", rate: 1 });
  for (let n = 0; n < 40; n++) {
    policy.learn([edit("flip", 1)], nothing, 0.6, 0.2);
    policy.learn([edit("swap", 1)], nothing, 0.1, 0.2);
    policy.learn([edit("flip", 3)], edited, 0.1, 0.5);
    policy.learn([edit("swap", 3)], edited, 0.9, 0.5);
    policy.learn([edit("flip", 5)], edited, 0.1, 0.5);
    policy.learn([edit("swap", 5)], edited, 0.3, 0.5);
  }
  const start = policy.weights(nothing);
  assert.ok((start.byOperator?.["flip"] ?? 0) > (start.byOperator?.["swap"] ?? 0));
  assert.equal(start.byLine, undefined);
  const later = policy.weights(edited);
  assert.ok((later.byOperator?.["flip"] ?? 0) < (later.byOperator?.["swap"] ?? 0));
  assert.deepEqual(Object.keys(later.byLine ?? {}), ["a.js:3"]);
  assert.ok((later.byLine?.["a.js:3"] ?? 0) > 0);
});

test("the proposer learns only while it is trained, and hands on the weights for what was edited on the way to the parent", () => {
  const sent: (EditWeights | undefined)[] = [];
  const inner: Proposer = {
    id: "inner",
    propose(request) {
      sent.push(request.weights);
      return (async function* () {})();
    },
  };
  const policy = new HistoryPolicy({ reward: "potential", rate: 1, group: 2 });
  const ask = (proposer: PolicyProposer, parent: string): EditWeights | undefined => {
    proposer.propose({ parent, edits: 1, temperature: 0 } as ProposalRequest, {} as ProposeContext);
    return sent.at(-1);
  };
  const made = (id: string, parent: string, line: number, fitness: number): Experience =>
    ({
      candidate: { id, origin: { edits: [edit("flip", line)] } },
      request: { parent },
      fitness,
      parentFitness: 0.5,
    }) as unknown as Experience;
  const rounds = (proposer: PolicyProposer): void => {
    proposer.learn(made("child", "start", 3, 0.5));
    for (let n = 0; n < 20; n++) {
      proposer.learn(made(`again ${n}`, "child", 3, 0.9));
      proposer.learn(made(`elsewhere ${n}`, "child", 7, 0.1));
    }
  };
  const idle = new PolicyProposer(inner, policy, false);
  rounds(idle);
  assert.equal(ask(idle, "child")?.byLine?.["a.js:3"], 0);
  const trained = new PolicyProposer(inner, policy, true);
  rounds(trained);
  assert.ok((ask(trained, "child")?.byLine?.["a.js:3"] ?? 0) > 0);
  assert.equal(ask(trained, "start")?.byLine, undefined);
  assert.deepEqual(Object.keys(ask(trained, "elsewhere 1")?.byLine ?? {}), ["a.js:3", "a.js:7"]);
});
