import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, Rng, type Evaluated, type ProposalRequest } from "@pawl/core";
import { Iad, type IadOptions } from "./iad.ts";

function evaluated(id: string, fitness: number | null, line: number): Evaluated {
  return {
    candidate: {
      id,
      changes: [],
      parents: id === "base" ? [] : ["base"],
      origin: {
        proposer: "test",
        summary: `edit ${id}`,
        edits: [
          {
            operator: "swap",
            faultClass: "constant",
            nodeKind: "number",
            path: "a.js",
            line,
            suspiciousness: 1,
            weight: 1,
          },
        ],
      },
    },
    request: { parent: "base", edits: 1, temperature: 1 },
    verdict: {
      status: "failed",
      scores: {},
      feedback: [
        {
          kind: "test",
          name: "t1",
          message: "returned another value",
          path: "a.js",
          line: 40,
          expected: "1",
          actual: "2",
        },
      ],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness,
    confirmed: false,
  };
}

/** One round of two candidates with these scores; then what is asked next. */
function afterRound(scores: readonly (readonly [string, number, number])[], options: IadOptions): ProposalRequest {
  const archive = new Archive(evaluated("base", 0.5, 1));
  const search = new Iad({ samples: 2, ...options });
  for (const [i, [id, fitness, line]] of scores.entries()) {
    search.ask(archive, Rng.of(1, i));
    const result = evaluated(id, fitness, line);
    archive.add(result);
    search.tell(result);
  }
  return search.ask(archive, Rng.of(2));
}

test("the next round starts from the best, keeps its line, looks at the line that failed, and avoids what made the worst", () => {
  const request = afterRound(
    [
      ["good", 0.9, 10],
      ["bad", 0.1, 20],
    ],
    {},
  );
  assert.equal(request.parent, "good");
  assert.ok((request.weights?.byEdit?.["swap@a.js:20"] ?? 0) < 0);
  assert.equal(request.weights?.byEdit?.["swap@a.js:10"], undefined);
  assert.ok((request.weights?.byLine?.["a.js:10"] ?? 0) < 0);
  assert.ok((request.weights?.byLine?.["a.js:40"] ?? 0) > 0);
  assert.match(request.hint ?? "", /scores 0\.9: edit good.*expected 1, got 2.*worst.*edit bad/);
});

test("each part can be left out", () => {
  const round = [
    ["good", 0.9, 10],
    ["bad", 0.1, 20],
  ] as const;
  assert.equal(afterRound(round, { best: false }).parent, "base");
  assert.deepEqual(afterRound(round, { worst: false }).weights?.byEdit, {});
  assert.deepEqual(afterRound(round, { critique: false }).weights?.byLine, {});
  assert.equal(afterRound(round, { critique: false, worst: false }).weights, undefined);
});

test("an equal score takes no place", () => {
  assert.equal(
    afterRound(
      [
        ["same", 0.5, 10],
        ["bad", 0.1, 20],
      ],
      {},
    ).parent,
    "base",
  );
});

test("a lucky score does not last when the best is measured again", () => {
  const rounds = [
    ["lucky", 0.9, 10],
    ["bad", 0.1, 20],
    ["steady", 0.7, 12],
    ["bad2", 0.1, 21],
  ] as const;
  assert.equal(afterRound(rounds, {}).parent, "lucky");
  const rescored: string[] = [];
  const request = afterRound(rounds, {
    rescore: (id) => {
      rescored.push(id);
      return id === "lucky" ? 0.3 : 0.5;
    },
  });
  assert.deepEqual(rescored, ["base", "lucky"]);
  assert.equal(request.parent, "steady");
});
