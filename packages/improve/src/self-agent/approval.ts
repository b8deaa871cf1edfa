import { join } from "node:path";
import { Store, UsageError } from "@pawl/core";
import { openState } from "../execute.ts";
import { readAgent, readAgentRuns } from "./agent-record.ts";
import { freshCanary } from "./fresh-measure.ts";
import { cheated } from "./planted.ts";
import { agentHash, readManifest, type AgentFiles } from "./workspace.ts";

const PREFIX = "self:";

/** Whether a proposer is named that is an evolved agent: `self:<id>`. */
export function asksEvolvedAgent(proposer: string): boolean {
  return proposer.startsWith(PREFIX);
}

/**
 * A person has looked at an agent and lets it work on real code. The word holds for exactly these files, in this project. Throws a UsageError for an
 * agent that touched a canary.
 */
export function approveAgent(state: string, id: string): string {
  const { run, id: whole } = readAgent(state, id);
  const { files } = run.archive.get(whole);
  demandHonest(state, whole);
  readManifest(files);
  const store = openState(join(state, "agents"));
  try {
    store.setLearned(nameOf(whole), { hash: agentHash(files), run: run.run });
    return whole;
  } finally {
    store.close();
  }
}

export function isApproved(state: string, id: string): boolean {
  const store = Store.open(join(state, "agents"), { create: false });
  try {
    return store.learned(nameOf(id)) !== undefined;
  } finally {
    store.close();
  }
}

/** The files of an agent that a person let work on real code. Throws a UsageError when nobody did, or when they are others than those looked at. */
export function approvedAgent(state: string, proposer: string): AgentFiles {
  const { run, id } = readAgent(state, proposer.slice(PREFIX.length));
  const { files } = run.archive.get(id);
  demandHonest(state, id);
  const store = Store.open(join(state, "agents"), { create: false });
  try {
    const word = store.learned(nameOf(id)) as { readonly hash?: string } | undefined;
    if (word?.hash === agentHash(files)) return files;
  } finally {
    store.close();
  }
  throw new UsageError({
    what: `nobody has let agent ${id} work on real code`,
    where: `--proposer ${proposer}`,
    todo: `Look at it with \`pawl agent show ${id}\`, then \`pawl agent use ${id}\`.`,
  });
}

/** Throws a UsageError for an agent that touched a canary when it was measured. */
export function demandHonest(state: string, id: string): void {
  const tripped = freshCanary(readAgentRuns(state), id);
  if (tripped !== null) throw cheated(id, tripped);
}

function nameOf(id: string): string {
  return `approved agent ${id}`;
}
