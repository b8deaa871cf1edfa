import { UsageError } from "@pawl/core";
import type { Brief } from "./brief.ts";
import { compareCards, shareSolved, type ScoreCard } from "./score-card.ts";
import { agentHash, shortId, type AgentFiles } from "./workspace.ts";

/** An agent with where it comes from. */
export interface AgentNode {
  readonly id: string;
  readonly files: AgentFiles;
  readonly parent: string | null;
  /** The agent that wrote it: its parent, or another. */
  readonly by: string | null;
  readonly brief: Brief | null;
  readonly card: ScoreCard;
  /** Number of the child, counted from 1; 0 for the first agent. */
  readonly n: number;
}

/** Agents that work, with lineage. Nothing is ever taken out. */
export class AgentArchive {
  readonly #nodes = new Map<string, AgentNode>();
  readonly #children = new Map<string, string[]>();

  /** Id of the added agent; an agent that is there already stays as it is. */
  add(node: Omit<AgentNode, "id">): string {
    const id = shortId(agentHash(node.files));
    if (this.#nodes.has(id)) return id;
    if (node.parent !== null) {
      if (!this.#nodes.has(node.parent)) throw new RangeError(`unknown parent ${node.parent}`);
      this.#children.set(node.parent, [...(this.#children.get(node.parent) ?? []), id]);
    }
    this.#nodes.set(id, { ...node, id });
    return id;
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** In the order in which they were added. */
  all(): readonly AgentNode[] {
    return [...this.#nodes.values()];
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  /** Throws a UsageError that names agents there are; ids may be cut short. */
  get(id: string): AgentNode {
    const exact = this.#nodes.get(id);
    const found = exact === undefined ? this.all().filter((node) => id !== "" && node.id.startsWith(id)) : [exact];
    if (found.length === 1) return found[0] as AgentNode;
    throw new UsageError({
      what: found.length === 0 ? `there is no agent '${id}'` : `several agents begin with '${id}'`,
      todo: `Latest agents: ${
        this.all()
          .slice(-5)
          .map((node) => node.id)
          .join(", ") || "none"
      }. All of them: \`pawl agent list\`.`,
    });
  }

  children(id: string): readonly string[] {
    return this.#children.get(id) ?? [];
  }

  /** From the first agent to this one. */
  lineage(id: string): readonly AgentNode[] {
    const path: AgentNode[] = [];
    for (let node: AgentNode | undefined = this.get(id); node !== undefined;)
      node = (path.unshift(node), node.parent === null ? undefined : this.#nodes.get(node.parent));
    return path;
  }

  /** The agent that stands highest: evaluated on most stages, then most solved, then the earliest. */
  best(): AgentNode {
    return this.all().reduce((top, node) => (compareCards(node.card, top.card) > 0 ? node : top));
  }

  latest(): AgentNode {
    return this.all().at(-1) as AgentNode;
  }

  /** Share of tasks that an agent has solved of those it was given. */
  score(id: string): number {
    return shareSolved(this.get(id).card);
  }
}
