import type { Rng } from "@pawl/core";
import type { AgentArchive, AgentNode } from "./agent-archive.ts";
import { shareSolved } from "./score-card.ts";

/** `open-ended`: everybody in proportion to score and novelty; `latest`: the latest that works; `best`: the best. */
export type ParentRule = "open-ended" | "latest" | "best";

/** Steepness and middle of the sigmoid over scores. */
const LAMBDA = 10;
const MIDDLE = 0.5;

/** Parents of one generation, with repetition. */
export function selectParents(rule: ParentRule, archive: AgentArchive, count: number, rng: Rng): readonly AgentNode[] {
  if (rule === "latest") return Array.from({ length: count }, () => archive.latest());
  if (rule === "best") return Array.from({ length: count }, () => archive.best());
  const nodes = archive.all();
  const weights = parentWeights(archive);
  return Array.from({ length: count }, () => nodes[rng.weighted(weights)] as AgentNode);
}

/**
 * sigmoid(λ (score − middle)) / (1 + working children), 0 for who has solved everything unless all have (Zhang et al. 2025, appendix on parent
 * selection). In the order of the archive; unnormalised.
 */
export function parentWeights(archive: AgentArchive): readonly number[] {
  const nodes = archive.all();
  const perfect = nodes.every(({ card }) => shareSolved(card) === 1);
  return nodes.map(({ id, card }) => {
    const score = shareSolved(card);
    if (score === 1 && !perfect) return 0;
    return 1 / (1 + Math.exp(-LAMBDA * (score - MIDDLE))) / (1 + archive.children(id).length);
  });
}
