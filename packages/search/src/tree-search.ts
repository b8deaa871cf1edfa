import {
  isData,
  type ArchiveView,
  type CandidateId,
  type Evaluated,
  type Json,
  type ProposalRequest,
  type Rng,
  type Search,
} from "@pawl/core";
import { BestFirst, Softmax, type Frontier } from "./tree/frontier.ts";
import type { Hypothesis, HypothesisSource } from "./tree/hypotheses.ts";
import { attach, leaf, type MutableNode, type TreeNode } from "./tree/node.ts";
import { exploitation, type ScoreTerm } from "./tree/score-terms.ts";
import { joined, siblingFeedback, type SiblingFeedback } from "./tree/sibling-feedback.ts";
import { fitnessDelta, isFinished, type ValueRule } from "./tree/values.ts";
import { openWidth, type Width } from "./tree/width.ts";

export interface TreeSearchOptions {
  readonly id?: string;
  /** `best`: the node with the highest score; `stack`: the one told last, whatever its score; `softmax`: drawn by its score. */
  readonly order?: "best" | "stack" | "softmax";
  /** Of the softmax, in points of the score. */
  readonly softmaxTemperature?: number;
  /** Their sum is the score. */
  readonly terms?: readonly ScoreTerm[];
  readonly value?: ValueRule;
  readonly width?: Width;
  /** Nodes this far from the base have no children. */
  readonly maxDepth?: number;
  readonly maxNodes?: number;
  /** Null: nothing is learned from siblings. */
  readonly feedback?: SiblingFeedback | null;
  /** A node is made by each of its parent's hypotheses in turn; the width says how many there are. Null: by none. */
  readonly hypotheses?: HypothesisSource | null;
  /** Gives up the branch of a node that was just told. */
  readonly abort?: (node: TreeNode) => boolean;
  /** Whether a node that does the same on every test as one before it may be built on; default no. */
  readonly expandDuplicates?: boolean;
  /** When nothing is left to build on, hypotheses of the base are tried again, for the next edits that follow them; default no. */
  readonly rounds?: boolean;
  /** Sharpness of the proposer's distribution. */
  readonly temperature?: number;
}

/** For comparisons of patches. */
const EARLIER = 12;
const FACTORLESS = (): number => 0;

/**
 * Search over a tree of candidates in which the next node to build on is chosen among all that may have another child, by a sum of score terms (Antoniades
 * et al. 2024, "SWE-Search"); never by descending from the root. Each node may carry what its children have taught, or a hypothesis, into the
 * next request. An ask costs O(log nodes) and a tell O(depth · log nodes): on its way up a verdict changes the scores of the path, and
 * those of siblings through their parent's visits alone (see Frontier).
 */
export class TreeSearch implements Search {
  readonly id: string;
  readonly #o: Required<TreeSearchOptions>;
  readonly #frontier: Frontier;
  readonly #factor: (parentVisits: number) => number;
  readonly #nodes = new Map<CandidateId, MutableNode>();
  readonly #hypotheses = new Map<CandidateId, readonly Hypothesis[]>();
  readonly #firstBehaviour = new Map<string, CandidateId>();
  /** Where the width grows: nodes that could have another child if it were greater. */
  readonly #full = new Set<MutableNode>();
  /** The last few nodes. */
  #latest: readonly TreeNode[] = [];
  #root: MutableNode | null = null;
  #best: MutableNode | null = null;
  #finished = 0;
  #asked = 0;
  #round = 0;
  /** Children told in the round. */
  #toldInRound = 0;
  /** By so much widths are exceeded since nothing was left within them. */
  #extraWidth = 0;

  constructor(options: TreeSearchOptions = {}) {
    this.#o = {
      id: "tree",
      order: "best",
      softmaxTemperature: 25,
      terms: [exploitation("own")],
      value: fitnessDelta,
      width: openWidth,
      maxDepth: 20,
      maxNodes: Infinity,
      feedback: siblingFeedback,
      hypotheses: null,
      abort: () => false,
      expandDuplicates: false,
      rounds: false,
      temperature: 0,
      ...options,
    };
    this.id = this.#o.id;
    const factored = this.#o.terms.filter((term) => term.factor !== undefined);
    if (factored.length > 1)
      throw new RangeError(
        `only one score term may have a factor, not ${factored.map(({ name }) => name).join(" and ")}`,
      );
    this.#factor = factored[0]?.factor ?? FACTORLESS;
    this.#frontier = this.#o.order === "softmax" ? new Softmax(this.#o.softmaxTemperature) : new BestFirst();
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    this.#root ??= this.#plant(view.base);
    this.#refill();
    const node = (this.#frontier.pick(rng) ?? this.#root) as MutableNode;
    this.#asked += 1;
    const advice = this.#o.feedback?.(node) ?? {};
    const hypothesis = this.#nextHypothesis(node);
    const weights = joined(advice.weights, hypothesis?.weights);
    const hint = [hypothesis?.text, advice.hint].filter((text) => text !== undefined).join(" ");
    return {
      parent: node.id,
      edits: 1,
      temperature: this.#o.temperature,
      ...(weights === undefined ? {} : { weights }),
      ...(hint === "" ? {} : { hint }),
    };
  }

  tell(result: Evaluated): void {
    const parent = this.#nodes.get(result.request.parent);
    if (parent === undefined) throw new RangeError(`${result.request.parent} is not in the tree`);
    this.#toldInRound += 1;
    const node = leaf({
      id: result.candidate.id,
      index: this.#nodes.size,
      parent,
      depth: parent.depth + 1,
      result,
      reward: this.#o.value(result, parent),
      duplicateOf: this.#sameAsBefore(result),
      finished: isFinished(result),
      hypothesis: this.#hypothesisOf(parent, result.request),
      earlier: this.#latest,
    });
    attach(node);
    this.#enter(node);
    if (node.finished) this.#finished += 1;
    node.closed = this.#hopeless(node) || this.#o.abort(node);
    for (let each: MutableNode | null = node; each !== null; each = each.parent) {
      if (each.children.length > 0) this.#frontier.refactor(each, this.#factor(each.visits));
      this.#place(each);
    }
  }

  exhausted(request: ProposalRequest): void {
    const node = this.#nodes.get(request.parent);
    if (node === undefined) return;
    node.closed = true;
    this.#place(node);
  }

  done(): boolean {
    if (this.#root === null) return false;
    if (this.#nodes.size >= this.#o.maxNodes) return true;
    return !this.#refill();
  }

  state(): Json {
    return {
      nodes: this.#nodes.size,
      open: this.#frontier.size,
      finished: this.#finished,
      asked: this.#asked,
      rounds: this.#round,
      best: this.#best === null ? null : { id: this.#best.id, reward: this.#best.reward, depth: this.#best.depth },
    };
  }

  get(id: CandidateId): TreeNode | undefined {
    return this.#nodes.get(id);
  }

  /** Every node in the order of telling, with each part of its score as it is now: one JSON line each, if written so. */
  *export(): Generator<{ readonly [name: string]: Json }> {
    for (const node of this.#nodes.values()) {
      const scoreParts = this.scoreParts(node);
      yield {
        id: node.id,
        parent: node.parent?.id ?? null,
        depth: node.depth,
        reward: node.reward,
        visits: node.visits,
        valueSum: node.valueSum,
        children: node.children.map(({ id }) => id),
        duplicateOf: node.duplicateOf,
        finished: node.finished,
        open: this.#isOpen(node),
        hypothesis: node.hypothesis,
        change: node.result.candidate.origin.summary,
        score: Object.values(scoreParts).reduce((sum, part) => sum + part, 0),
        scoreParts,
      };
    }
  }

  /** The terms of a node's score, by name. */
  scoreParts(node: TreeNode): Record<string, number> {
    return Object.fromEntries(
      this.#o.terms.map((term) => [term.name, term.of(node) * (term.factor?.(node.parent?.visits ?? 0) ?? 1)]),
    );
  }

  #plant(base: Evaluated): MutableNode {
    const reward = this.#o.value(base, null);
    const root = leaf({
      id: base.candidate.id,
      index: 0,
      parent: null,
      depth: 0,
      result: base,
      reward,
      duplicateOf: null,
      finished: false,
      hypothesis: null,
      earlier: [],
    });
    this.#sameAsBefore(base);
    this.#enter(root);
    this.#place(root);
    return root;
  }

  #enter(node: MutableNode): void {
    this.#nodes.set(node.id, node);
    this.#latest = [...this.#latest.slice(1 - EARLIER), node];
    if (this.#best === null || node.reward > this.#best.reward) this.#best = node;
  }

  #hopeless(node: TreeNode): boolean {
    const { result, finished, depth, duplicateOf } = node;
    if (finished || !isData(result.verdict) || depth >= this.#o.maxDepth) return true;
    return duplicateOf !== null && !this.#o.expandDuplicates;
  }

  #isOpen(node: MutableNode): boolean {
    if (node.closed) return false;
    if (this.#o.hypotheses === null) return node.children.length < this.#o.width.of(node) + this.#extraWidth;
    node.hypotheses ??= { asked: 0, of: this.#listHypotheses(node).length };
    return node.hypotheses.asked < node.hypotheses.of;
  }

  /** Puts a node where its score belongs, or takes it out of those that may be built on. */
  #place(node: MutableNode): void {
    if (!this.#isOpen(node)) {
      if (!node.closed && this.#o.width.grows) this.#full.add(node);
      return this.#frontier.delete(node);
    }
    this.#full.delete(node);
    if (this.#o.order === "stack") return this.#frontier.set(node, node.index, 0);
    let [own, slope] = [0, 0];
    for (const term of this.#o.terms) {
      if (term.factor === undefined) own += term.of(node);
      else if (node.parent !== null) slope = term.of(node);
    }
    this.#frontier.set(node, own, slope);
  }

  #listHypotheses(node: MutableNode): readonly Hypothesis[] {
    const known = this.#hypotheses.get(node.id);
    if (known !== undefined) return known;
    const most = this.#o.width.of(node);
    const list = this.#o.hypotheses?.(node.result, most).slice(0, most) ?? [];
    this.#hypotheses.set(node.id, list);
    return list;
  }

  #nextHypothesis(node: MutableNode): Hypothesis | undefined {
    if (node.hypotheses === null) return undefined;
    const hypothesis = this.#listHypotheses(node)[node.hypotheses.asked];
    node.hypotheses.asked += 1;
    this.#place(node);
    return hypothesis;
  }

  #hypothesisOf(parent: MutableNode, { hint = "" }: ProposalRequest): string | null {
    return this.#hypotheses.get(parent.id)?.find(({ text }) => hint.startsWith(text))?.text ?? null;
  }

  /** The first node that fails the same tests with the same fitness; null, and remembered as the first, when there is none. */
  #sameAsBefore({ candidate, fitness, verdict }: Evaluated): CandidateId | null {
    const { failing } = verdict;
    if (failing === undefined || failing.length === 0 || !isData(verdict)) return null;
    const behaviour = JSON.stringify([verdict.status, fitness, failing]);
    const first = this.#firstBehaviour.get(behaviour);
    if (first === undefined) this.#firstBehaviour.set(behaviour, candidate.id);
    return first ?? null;
  }

  /** Whether there is something to build on; another round or a greater width is begun where nothing was left. */
  #refill(): boolean {
    return this.#frontier.size > 0 || this.#nextRound() || this.#widen();
  }

  /** Goes through the hypotheses of the base again; false when the last round brought nothing. */
  #nextRound(): boolean {
    const root = this.#root as MutableNode;
    if (!this.#o.rounds || root.hypotheses === null || root.closed || this.#toldInRound === 0) return false;
    this.#round += 1;
    this.#toldInRound = 0;
    root.hypotheses.asked = 0;
    this.#place(root);
    return this.#frontier.size > 0;
  }

  /** Where the width grows with the visits, all nodes can be full at once: then each gets one more. */
  #widen(): boolean {
    const full = [...this.#full].filter(({ closed }) => !closed);
    this.#full.clear();
    if (full.length === 0) return false;
    this.#extraWidth += 1;
    for (const node of full) this.#place(node);
    return true;
  }
}
