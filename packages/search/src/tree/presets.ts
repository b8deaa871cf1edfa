import { TreeSearch } from "../tree-search.ts";
import { blindTerms } from "./score-terms.ts";
import { familyFeedback } from "./sibling-feedback.ts";

/** The tree for proposers that are seldom right: any number of children, what gained first, and what gained nearby told on. */
export function treeSearch(): TreeSearch {
  return new TreeSearch({ terms: blindTerms(), feedback: familyFeedback });
}
