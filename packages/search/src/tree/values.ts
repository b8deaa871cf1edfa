import { isData, type Evaluated } from "@pawl/core";
import { isSolved, testShare } from "../steps.ts";
import { pathOf, type TreeNode } from "./node.ts";

/** What a node is worth by itself, from −100 to 100, when it is told; the parent is null for the base. */
export type ValueRule = (result: Evaluated, parent: TreeNode | null) => number;

/** Value of a base, and what one step up or down is worth. */
const BASE = 0;
const STEP = 25;
/** A patch that does not pass everything is never worth as much as one that does. */
const MOST_UNFINISHED = 75;

/**
 * The rule of SWE-Search's published code, by failing tests: all pass 100; fewer than the parent's, 25 more than the parent (75 at most); as many or
 * more, 25 less; a candidate that does not load costs 25 more for each of its kind in a row. That no change costs as much as a loss keeps
 * the tree from filling up with edits that do nothing. Where there are no tests, the fitness is compared.
 */
export const testDelta: ValueRule = (result, parent) =>
  stepwise(result, parent, (before) => {
    const [was, is] = [before.verdict.failing?.length, result.verdict.failing?.length];
    return was === undefined || is === undefined ? gained(result, before) : is < was;
  });

/** The same by fitness, in which how near the outputs come to the right ones may count as well as how many tests pass. */
export const fitnessDelta: ValueRule = (result, parent) => stepwise(result, parent, (before) => gained(result, before));

function stepwise(result: Evaluated, parent: TreeNode | null, better: (before: Evaluated) => boolean): number {
  if (isFinished(result)) return 100;
  if (parent === null) return BASE;
  if (isData(result.verdict) && better(parent.result)) return Math.min(MOST_UNFINISHED, parent.reward + STEP);
  return Math.max(-100, parent.reward - STEP * (1 + (isBroken(result) ? brokenInARow(parent) : 0)));
}

/** 100 times the share of the tests that pass; −100 for what does not load or end, and for no data. */
export const shareOfTests: ValueRule = (result, parent) => {
  const passed = testShare(result.verdict);
  return passed === undefined ? fitnessDelta(result, parent) : isBroken(result) ? -100 : 100 * passed;
};

/** Half for the share of the tests, half for how near the outputs come to the right ones; as `shareOfTests` where that is not known. */
export const closenessOfOutputs: ValueRule = (result, parent) => {
  const passed = testShare(result.verdict);
  const closeness = result.verdict.scores["closeness"]?.[0];
  if (passed === undefined || closeness === undefined) return shareOfTests(result, parent);
  return isBroken(result) ? -100 : 50 * (passed + closeness);
};

/** Every test passes, and nobody found a reason to doubt it. Where there are no tests, nothing is ever finished. */
export function isFinished(result: Evaluated): boolean {
  return isSolved(result) && result.verdict.scores["accepted"]?.[0] !== 0;
}

/** It does not load, does not end, or says nothing about the candidate: there is nothing to measure. */
export function isBroken({ verdict, fitness }: Evaluated): boolean {
  return fitness === null || !isData(verdict) || verdict.status === "error" || verdict.status === "timeout";
}

function gained(result: Evaluated, before: Evaluated): boolean {
  return result.fitness !== null && (before.fitness === null || result.fitness > before.fitness);
}

function brokenInARow(node: TreeNode): number {
  const path = pathOf(node);
  const whole = path.findIndex((each) => !isBroken(each.result));
  return whole === -1 ? path.length : whole;
}
