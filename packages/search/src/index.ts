export { Annealing, type AnnealingOptions } from "./annealing.ts";
export { Beam, type BeamOptions } from "./beam.ts";
export { BestOfN, type BestOfNOptions } from "./best-of-n.ts";
export { Curiosity, type CuriosityOptions } from "./curiosity.ts";
export { EvolveBatch, type EvolveBatchOptions } from "./evolve-batch.ts";
export { HillClimb, type HillClimbOptions } from "./hill-climb.ts";
export { Iad, type IadOptions } from "./iad.ts";
export { LateAcceptance } from "./late-acceptance.ts";
export { Linear, type LinearOptions } from "./linear.ts";
export { NovelProposer } from "./novel-proposer.ts";
export { NoveltyFilter, type Nearest, type NoveltyOptions } from "./novelty-filter.ts";
export { MapElites, type MapElitesOptions } from "./map-elites.ts";
export { RandomSearch } from "./random.ts";
export { Turns, type TurnsOptions } from "./turns.ts";
export { hypervolume } from "./hypervolume.ts";
export { crowdedOrder, crowdingDistances, dominates, nonDominatedSort, nsga2Select, type Point } from "./nsga2.ts";
export { ParetoSearch, type MutationProfile, type ParetoSearchOptions, type SearchObjective } from "./pareto-search.ts";
export { createSearch, searchIds, type SearchSettings } from "./registry.ts";
export { GUIDED_RULE, NSGA2_RULE, type SelectionRule } from "./selection-rule.ts";
export { spea2Fitness, spea2Select } from "./spea2.ts";
export { CmaEs, type Bounds, type CmaEsOptions } from "./cma-es.ts";
export { LocalSearch, type LocalSearchOptions } from "./local-search.ts";
export { symmetricEigen, type SymmetricEigen } from "./symmetric-eigen.ts";
export { strategyTree, type StrategiesOptions } from "./strategies.ts";
export { Thompson, type ThompsonOptions } from "./thompson.ts";
export { Ucb, type UcbOptions } from "./ucb.ts";
export {
  faultHypotheses,
  type FaultBeliefs,
  type Hypothesis,
  type HypothesisSource,
  type Insistence,
} from "./tree/hypotheses.ts";
export { meanPathValue, pathOf, type TreeNode } from "./tree/node.ts";
export { treeSearch } from "./tree/presets.ts";
export * from "./tree/score-terms.ts";
export { familyFeedback, siblingFeedback, type SiblingFeedback } from "./tree/sibling-feedback.ts";
export { closenessOfOutputs, fitnessDelta, shareOfTests, testDelta, type ValueRule } from "./tree/values.ts";
export { fixedWidth, openWidth, progressiveWidth, type Width } from "./tree/width.ts";
export { TreeSearch, type TreeSearchOptions } from "./tree-search.ts";
