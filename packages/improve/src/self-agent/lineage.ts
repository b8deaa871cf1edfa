import { unifiedDiff } from "../patch.ts";
import { readAgent } from "./agent-runs.ts";
import { isApproved } from "./approval.ts";
import type { Brief } from "./brief.ts";
import { changedPaths, type AgentFiles } from "./workspace.ts";

/** An agent and how it came to be. */
export interface AgentLineage {
  readonly agent: string;
  readonly run: string;
  readonly approved: boolean;
  /** From the first agent to this one. */
  readonly steps: readonly AgentStep[];
}

export interface AgentStep {
  readonly id: string;
  /** The agent that made the change. */
  readonly by: string | null;
  readonly brief: Brief | null;
  readonly solved: number;
  readonly of: number;
  /** Against the step before; empty for the first. */
  readonly diff: string;
}

/** Throws a UsageError when there is no such agent. Any step can be gone back to: `improve --from` and `use` take the id of each. */
export function agentLineage(state: string, wanted: string): AgentLineage {
  const { run, id } = readAgent(state, wanted);
  const path = run.archive.lineage(id);
  const steps = path.map((node, i): AgentStep => {
    const before = path[i - 1]?.files;
    const { scores } = node.card;
    return {
      id: node.id,
      by: node.by,
      brief: node.brief,
      solved: scores.filter(({ solved }) => solved).length,
      of: scores.length,
      diff: before === undefined ? "" : diffOf(before, node.files),
    };
  });
  return { agent: id, run: run.run, approved: isApproved(state, id), steps };
}

function diffOf(before: AgentFiles, after: AgentFiles): string {
  const changed = changedPaths(before, after).map((path) => [path, after[path] ?? ""] as const);
  return unifiedDiff(before, Object.fromEntries(changed));
}
