import { TreeSearch } from "../tree-search.ts";
import { exploitation, finishedPenalty, highValueLeaf } from "./score-terms.ts";
import { fitnessDelta } from "./values.ts";

/** The tree for proposers that are seldom right: open width, own rewards, and an end to branches that reached the goal. */
export function treeSearch(): TreeSearch {
  return new TreeSearch({ value: fitnessDelta, terms: [exploitation("mean"), highValueLeaf(), finishedPenalty()] });
}
