import { unifiedDiff } from "../patch.ts";
import type { AgentNode } from "./agent-archive.ts";
import { readAgent, readAgentRuns, type AgentRun } from "./agent-record.ts";
import { isApproved } from "./approval.ts";
import type { Brief } from "./brief.ts";
import { freshCanary } from "./fresh-measure.ts";
import type { Tripped } from "./planted.ts";
import { agentHash, baseAgent, changedPaths, type AgentFiles } from "./workspace.ts";

/** An agent and how it came to be. */
export interface AgentLineage {
  readonly agent: string;
  readonly run: string;
  readonly approved: boolean;
  /** The canary it touched when it was measured; null when it touched none. */
  readonly tripped: Tripped | null;
  /** From the agent that Pawl comes with to this one, through all runs. */
  readonly steps: readonly AgentStep[];
}

export interface AgentStep {
  readonly id: string;
  /** The agent that made the change; null where none is on record. */
  readonly by: string | null;
  readonly brief: Brief | null;
  readonly solved: number;
  readonly of: number;
  /** Against the step before; of the first against the agent that Pawl comes with, so that nothing it differs by stays unseen. */
  readonly diff: string;
}

/** Throws a UsageError when there is no such agent. Any step can be gone back to: `improve --from` and `use` take the id of each. */
export function agentLineage(state: string, wanted: string): AgentLineage {
  const { run, id } = readAgent(state, wanted);
  const runs = readAgentRuns(state);
  const path = wholePath(runs, run.run, id);
  const steps = path.map((node, i): AgentStep => {
    const { scores } = node.card;
    return {
      id: node.id,
      by: node.by,
      brief: node.brief,
      solved: scores.filter(({ solved }) => solved).length,
      of: scores.length,
      diff: diffOf(path[i - 1]?.files ?? baseAgent(), node.files),
    };
  });
  return { agent: id, run: run.run, approved: isApproved(state, id), tripped: freshCanary(runs, id), steps };
}

/** A run may have begun with an agent of a run before it, and so on: their steps come first. */
function wholePath(runs: readonly AgentRun[], run: string, id: string): readonly AgentNode[] {
  const base = agentHash(baseAgent());
  const path = [...(runs.find((each) => each.run === run)?.archive.lineage(id) ?? [])];
  let earlier = runs.slice(
    0,
    runs.findIndex((each) => each.run === run),
  );
  for (let first = path[0]; first !== undefined && agentHash(first.files) !== base; first = path[0]) {
    const { id: wanted } = first;
    const at = earlier.findLastIndex(({ archive }) => archive.has(wanted) && archive.get(wanted).parent !== null);
    if (at < 0) break;
    path.splice(0, 1, ...(earlier[at] as AgentRun).archive.lineage(wanted));
    earlier = earlier.slice(0, at);
  }
  return path;
}

function diffOf(before: AgentFiles, after: AgentFiles): string {
  const changed = changedPaths(before, after).map((path) => [path, after[path] ?? ""] as const);
  return changed.length === 0 ? "" : unifiedDiff(before, Object.fromEntries(changed));
}
