import type { Rng } from "@pawl/core";
import { IndexedHeap } from "./indexed-heap.ts";
import type { TreeNode } from "./node.ts";
import { SumTree } from "./sum-tree.ts";

/**
 * The nodes that may be built on, by score. A score is `own + slope × factor`, where the factor belongs to the parent: it changes with each of the
 * parent's visits (UCT's logarithm does), for all siblings at once. Siblings of one slope keep their order then, so they stand in one group
 * and only groups are ranked anew: a change costs O(log size) for each distinct slope below the parent.
 */
export interface Frontier {
  readonly size: number;
  set(node: TreeNode, own: number, slope: number): void;
  delete(node: TreeNode): void;
  /** The parent's factor is another now. */
  refactor(parent: TreeNode, factor: number): void;
  /** Null when nothing is left. */
  pick(rng: Rng): TreeNode | null;
}

interface Group<Members> {
  readonly key: string;
  readonly parent: TreeNode | null;
  readonly slope: number;
  readonly members: Members;
}

/** Nodes of a group, ordered or weighted as the frontier needs them. */
interface NodeSet {
  readonly size: number;
  delete(node: TreeNode): void;
}

/** Which group each node is in; groups come and go with their members. */
class Groups<Members extends NodeSet> {
  readonly #create: () => Members;
  readonly #groups = new Map<string, Group<Members>>();
  readonly #groupOf = new Map<TreeNode, Group<Members>>();
  readonly #below = new Map<TreeNode | null, Set<Group<Members>>>();
  readonly #factors = new Map<TreeNode | null, number>();

  constructor(create: () => Members) {
    this.#create = create;
  }

  get size(): number {
    return this.#groupOf.size;
  }

  of(node: TreeNode): Group<Members> | undefined {
    return this.#groupOf.get(node);
  }

  below(parent: TreeNode): Iterable<Group<Members>> {
    return this.#below.get(parent) ?? [];
  }

  join(node: TreeNode, slope: number): Group<Members> {
    const key = `${node.parent?.index ?? -1}|${slope}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { key, parent: node.parent, slope, members: this.#create() };
      this.#groups.set(key, group);
      this.#below.set(node.parent, (this.#below.get(node.parent) ?? new Set()).add(group));
    }
    this.#groupOf.set(node, group);
    return group;
  }

  leave(node: TreeNode, group: Group<Members>): void {
    group.members.delete(node);
    this.#groupOf.delete(node);
    if (group.members.size > 0) return;
    this.#groups.delete(group.key);
    this.#below.get(group.parent)?.delete(group);
  }

  setFactor(parent: TreeNode, factor: number): void {
    this.#factors.set(parent, factor);
  }

  /** What the parent's factor adds to the scores of a group. */
  shared({ parent, slope }: Group<Members>): number {
    return slope === 0 ? 0 : slope * (this.#factors.get(parent) ?? 0);
  }
}

/** What both orders share: nodes in groups, each group's worth brought up to date whenever something of it changes. */
abstract class GroupedFrontier<Members extends NodeSet> implements Frontier {
  readonly groups: Groups<Members>;

  constructor(make: () => Members) {
    this.groups = new Groups<Members>(make);
  }

  get size(): number {
    return this.groups.size;
  }

  set(node: TreeNode, own: number, slope: number): void {
    const known = this.groups.of(node);
    if (known !== undefined && known.slope !== slope) this.delete(node);
    const group = this.groups.join(node, slope);
    this.enter(group, node, own);
    this.revalue(group);
  }

  delete(node: TreeNode): void {
    const group = this.groups.of(node);
    if (group === undefined) return;
    this.groups.leave(node, group);
    this.revalue(group);
  }

  refactor(parent: TreeNode, factor: number): void {
    this.groups.setFactor(parent, factor);
    for (const group of this.groups.below(parent)) this.revalue(group);
  }

  abstract pick(rng: Rng): TreeNode | null;

  protected abstract enter(group: Group<Members>, node: TreeNode, own: number): void;

  /** A group without members is taken out. */
  protected abstract revalue(group: Group<Members>): void;
}

/** Always the node with the highest score; among equals the one that was told first. */
export class BestFirst extends GroupedFrontier<IndexedHeap<TreeNode>> {
  readonly #ranking = new IndexedHeap<Group<IndexedHeap<TreeNode>>>();

  constructor() {
    super(() => new IndexedHeap());
  }

  override pick(): TreeNode | null {
    return this.#ranking.top()?.item.members.top()?.item ?? null;
  }

  protected override enter(group: Group<IndexedHeap<TreeNode>>, node: TreeNode, own: number): void {
    group.members.set(node, own, node.index);
  }

  protected override revalue(group: Group<IndexedHeap<TreeNode>>): void {
    const first = group.members.top();
    if (first === null) this.#ranking.delete(group);
    else this.#ranking.set(group, first.key + this.groups.shared(group), first.item.index);
  }
}

/** Keeps the exponentials of usual scores, ±100 and some bonuses, within what a double holds. */
const USUAL_SCORE = 100;

/** Draws a node with probability ∝ exp(score / temperature). */
export class Softmax extends GroupedFrontier<SumTree<TreeNode>> {
  readonly #temperature: number;
  readonly #shares = new SumTree<Group<SumTree<TreeNode>>>();

  /** In points of the score; at least 1. */
  constructor(temperature: number) {
    if (!(temperature >= 1)) throw new RangeError(`the temperature of a softmax is at least 1, got ${temperature}`);
    super(() => new SumTree());
    this.#temperature = temperature;
  }

  override pick(rng: Rng): TreeNode | null {
    const group = this.#shares.at(rng.uniform());
    return group?.members.at(rng.uniform()) ?? null;
  }

  protected override enter(group: Group<SumTree<TreeNode>>, node: TreeNode, own: number): void {
    group.members.set(node, Math.exp((own - USUAL_SCORE) / this.#temperature));
  }

  protected override revalue(group: Group<SumTree<TreeNode>>): void {
    if (group.members.size === 0) this.#shares.delete(group);
    else this.#shares.set(group, group.members.total * Math.exp(this.groups.shared(group) / this.#temperature));
  }
}
