import { BugOperators, classifyBug, GuidedProposer, SyntaxProposer, UNIFORM_MODEL, type Guide } from "@pawl/propose";
import { Turns } from "@pawl/search";
import { loadRepairCorpus } from "@pawl/worlds";
import type { BenchPool } from "./bench-pool.ts";
import type { RepairBench } from "./repair-bench.ts";
import type { BenchTask } from "./repair-setup.ts";

/** Tries on each program. */
const TRIES = 60;

/**
 * Counts which operators make a program with a bug of some kind (as read off its failing cases) pass its visible cases: on programs with one fault, of
 * the `train` half. What is counted may be measured on the other half alone.
 */
export async function learnOperators(
  benches: BenchPool<BenchTask, RepairBench>,
  most: number,
  signal: AbortSignal,
): Promise<BugOperators> {
  const operators = new BugOperators();
  const programs = loadRepairCorpus({ split: "train" }).filter(({ faults }) => faults.length === 1);
  const bench = await benches.of(`learning ${most}`, () => programs.slice(0, most));
  await bench.run(
    {
      search: () => new Turns({ width: TRIES, accept: "passed" }),
      evaluations: TRIES,
      proposer: ({ syntax }) => new GuidedProposer(new SyntaxProposer({ ...syntax, model: UNIFORM_MODEL }), []),
      further: async ({ loop, parts }) => {
        const bug = classifyBug(parts.base);
        if (bug === null) return {};
        for (let i = 1; i < loop.archive.size; i += 1) {
          const { candidate, verdict } = loop.archive.at(i);
          for (const { operator } of candidate.origin.edits ?? [])
            operators.learn(bug.id, operator, verdict.status === "passed");
        }
        return {};
      },
    },
    { seed: 0, signal },
  );
  return operators;
}

/** What was counted for the bug that a parent's failing cases show. */
export function learnedGuide(operators: BugOperators): Guide {
  return {
    weights: async ({ verdict }) => {
      const bug = classifyBug(verdict);
      return bug === null ? undefined : operators.weights(bug.id);
    },
  };
}
