import { isData, type Evaluated, type Verdict } from "@pawl/core";
import { testShare } from "./steps.ts";
import { faultHypotheses, type HypothesisSource } from "./tree/hypotheses.ts";
import type { TreeNode } from "./tree/node.ts";
import { deepestFirst, exploitation, finishBegun } from "./tree/score-terms.ts";
import { fitnessDelta, isBroken } from "./tree/values.ts";
import type { Width } from "./tree/width.ts";
import { TreeSearch } from "./tree-search.ts";

export interface StrategiesOptions {
  /** `stack`: each strategy to its end before the next one. `bfs`: the best node so far gets all its reflections. `dfs`: the best child first. */
  readonly order?: "stack" | "bfs" | "dfs";
  /** Strategies of the base and reflections on a candidate, as hypotheses. */
  readonly hypotheses?: HypothesisSource;
  /** Strategies of a round; default 10, as in the published code, or 3 with `bfs` and `dfs`. */
  readonly strategies?: number;
  readonly reflections?: number;
  /** How near the outputs are, 0 to 5. Null: nobody says. */
  readonly critic?: ((verdict: Verdict) => number) | null;
  readonly maxDepth?: number;
  /** Whether the strategies are gone through again when all came to an end; default true. */
  readonly rounds?: boolean;
  readonly temperature?: number;
}

/** A critic's point is worth a fifteenth of all tests. */
const POINTS = 15;
/** Makes 100 of all tests and all points. */
const SCALE = 75;

/**
 * CodeTree (Li et al. 2024): several strategies first, then a program for one, then reflections on what came of it, each with a program that builds on
 * the last. The value of a program is the share of tests plus a fifteenth of the critic's score; a branch is given up when its value falls, when it
 * stays although the critic's score is below the depth, and at the greatest depth. A program that passes and was not accepted stays open.
 */
export function strategyTree({
  order = "stack",
  hypotheses = faultHypotheses(),
  strategies = order === "stack" ? 10 : 3,
  reflections = 3,
  critic = closenessScore,
  maxDepth = 3,
  rounds = true,
  temperature = 0,
}: StrategiesOptions = {}): TreeSearch {
  const width: Width = { of: ({ depth }) => (depth === 0 ? strategies : reflections), grows: false };
  const best = [exploitation("own"), finishBegun(width)];
  return new TreeSearch({
    id: "strategies",
    order: order === "stack" ? "stack" : "best",
    terms: order === "dfs" ? [...best, deepestFirst()] : best,
    value: (result, parent) => valueOf(result, parent, critic),
    width,
    maxDepth,
    feedback: null,
    hypotheses,
    abort: (node) => isGivenUp(node, critic),
    // That nothing changed is for the rules above to judge.
    expandDuplicates: true,
    rounds,
    temperature,
  });
}

function valueOf(result: Evaluated, parent: TreeNode | null, critic: StrategiesOptions["critic"]): number {
  const passed = testShare(result.verdict);
  const regressions = result.verdict.scores["regressions"]?.[0] ?? 0;
  if (passed === undefined) return fitnessDelta(result, parent);
  if (isBroken(result)) return 0;
  const points = critic?.(result.verdict) ?? 0;
  return SCALE * (Math.max(0, passed - regressions) + points / POINTS);
}

function isGivenUp({ reward, parent, depth, result }: TreeNode, critic: StrategiesOptions["critic"]): boolean {
  if (parent === null) return false;
  if (reward !== parent.reward) return reward < parent.reward;
  return critic !== null && critic !== undefined && depth > critic(result.verdict);
}

/** From how near the outputs are on the whole; where that is not measured, from how many tests pass. */
function closenessScore(verdict: Verdict): number {
  if (!isData(verdict) || verdict.status === "error" || verdict.status === "timeout") return 0;
  if (verdict.status === "passed") return 5;
  const { closeness, passed } = verdict.scores;
  return Math.min(4, Math.max(1, Math.floor(5 * (closeness?.[0] ?? passed?.[0] ?? 0))));
}
