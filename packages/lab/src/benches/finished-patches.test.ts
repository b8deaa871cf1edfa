import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, type ArchiveEntry, type Evaluated, type ProposalRequest } from "@pawl/core";
import type { JudgedPatch } from "@pawl/improve";
import { choiceOf, diversityOf, rank } from "./finished-patches.ts";
import type { TaskEnd } from "./repair-setup.ts";

function evaluated(id: string, parent: string, operator: string, failing: readonly string[]): Evaluated {
  const request: ProposalRequest = { parent, edits: 1, temperature: 1 };
  const note = {
    operator,
    faultClass: "boundary",
    nodeKind: "x",
    path: "a.js",
    line: 3,
    suspiciousness: 1,
    weight: 1,
  } as const;
  return {
    candidate: {
      id,
      changes: [],
      parents: id === "base" ? [] : [parent],
      origin: { proposer: "test", summary: id, edits: [note] },
    },
    request,
    verdict: {
      status: failing.length === 0 ? "passed" : "failed",
      scores: {},
      failing,
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness: -failing.length,
    confirmed: false,
  };
}

test("distinct children use an operator on a line for the first time below their parent; novel ones fail in a new way", () => {
  const archive = new Archive(evaluated("base", "base", "none", ["a", "b"]));
  archive.add(evaluated("1", "base", "swap", ["a", "b"]));
  archive.add(evaluated("2", "base", "swap", ["a"]));
  archive.add(evaluated("3", "2", "swap", ["b"]));
  archive.add(evaluated("4", "2", "other", ["a"]));
  const end = { loop: { archive } } as unknown as TaskEnd;
  assert.deepEqual(diversityOf(end), { distinct: 3 / 4, novel: 2 / 4 });
});

test("a choice counts where a right patch was found, and as a choice where a wrong one was, too", async () => {
  const entry = (id: string): ArchiveEntry => ({ ...evaluated(id, "base", "swap", []), index: 1, children: 0 });
  const choice = (found: readonly string[], chosen: string | null, right: string): ReturnType<typeof choiceOf> =>
    choiceOf({
      found: found.map(entry),
      chosen: chosen === null ? null : entry(chosen),
      hidden: async ({ candidate }: ArchiveEntry) => right.includes(candidate.id),
    } as unknown as TaskEnd);
  assert.deepEqual(await choice(["a", "b"], "a", "a"), { found: 2, picked: 1, chosen: 1 });
  assert.deepEqual(await choice(["a", "b"], "b", "a"), { found: 2, picked: 0, chosen: 0 });
  assert.deepEqual(await choice(["a", "b"], "a", "ab"), { found: 2, picked: 1, chosen: null });
  assert.deepEqual(await choice(["a"], "a", ""), { found: 1, picked: null, chosen: null });
  assert.deepEqual(await choice([], null, ""), { found: 0, picked: null, chosen: null });
});

test("each chooser has its own order", () => {
  const patch = (id: string, outcomes: string, size: number, pathValue: number): JudgedPatch => ({
    id,
    visible: 1,
    outcomes: [...outcomes],
    size,
    pathValue,
  });
  const patches = [patch("path", "zz", 30, 80), patch("agrees", "ab", 9, 10), patch("agrees, small", "ab", 3, 20)];
  assert.equal(rank(patches, "judge", 1)[0], "agrees, small");
  assert.equal(rank(patches, "path-value", 1)[0], "path");
  assert.deepEqual(rank(patches, "debate", 1), rank(patches, "debate", 1));
});
