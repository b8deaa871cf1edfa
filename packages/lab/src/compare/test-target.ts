import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@pawl/core";
import { fix, showRun, type FixOptions } from "@pawl/improve";
import { removeSnapshot, takeSnapshot } from "@pawl/verify";
import type { CompareWorld, Trace } from "./world.ts";

/** What is repaired: everything `pawl fix` asks for, but for how it searches. */
export type TestTarget = Pick<
  FixOptions,
  | "root"
  | "paths"
  | "test"
  | "heldOut"
  | "testTimeout"
  | "editTests"
  | "models"
  | "prompts"
  | "jobs"
  | "isolation"
  | "unsafe"
  | "exclude"
  | "include"
>;

/** The caller's own project and its failing tests; solved at the first patch that was confirmed in a fresh box. */
export async function ownTests(target: TestTarget): Promise<CompareWorld> {
  const snapshot = await takeSnapshot(target.root, target);
  await removeSnapshot(snapshot);
  const key = sha256(JSON.stringify([snapshot.hash, target.test ?? null, target.paths ?? [], target.heldOut ?? null]));
  return {
    id: "own tests",
    title: target.test ?? "the tests of this project",
    measure: "solved",
    tasks: [{ id: "this project", key: key.slice(0, 12) }],
    // `fix` knows who may propose, and says so before it starts anything.
    demandProposer: () => {},
    async open() {
      return {
        async run({ search, proposer }, { seed, evaluations, signal }): Promise<Trace> {
          const state = mkdtempSync(join(tmpdir(), "pawl-compare-"));
          const forget = withoutExperience();
          try {
            const result = await fix({ ...target, search, proposer, seed, budget: { evaluations }, state, signal });
            const attempts = showRun(state, result.run).attempts.filter(({ status }) => status !== "in flight");
            const first = attempts.findIndex(({ kept }) => kept);
            const { heldOut } = result.tests;
            const steps: Trace["steps"] = [[0, 0], ...(first === -1 ? [] : [[first + 1, 1] as const])];
            const passed = heldOut === null ? null : Number(result.status === "fixed" && heldOut.failed === 0);
            return { steps, evaluations: attempts.length, heldOut: passed };
          } finally {
            forget();
            rmSync(state, { recursive: true, force: true });
          }
        },
        close: async () => {},
      };
    },
  };
}

/**
 * The experience of a user's other projects lies in the user's configuration folder. A run that is compared begins without it, and leaves nothing
 * there: else the later arms would know what the earlier ones found. Returns what undoes it.
 */
function withoutExperience(): () => void {
  const before = process.env["XDG_CONFIG_HOME"];
  const empty = mkdtempSync(join(tmpdir(), "pawl-compare-"));
  process.env["XDG_CONFIG_HOME"] = empty;
  return () => {
    if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = before;
    rmSync(empty, { recursive: true, force: true });
  };
}
