import { existsSync } from "node:fs";
import { join } from "node:path";
import { recordOf, runState, Store, UsageError, type Json } from "@pawl/core";
import { AgentArchive } from "./agent-archive.ts";
import type { ImproveAgentsReport } from "./agent-runs.ts";
import type { Child } from "./evolve-agents.ts";
import type { ScoreCard } from "./score-card.ts";
import { withChanges, type AgentFiles } from "./workspace.ts";

/** A run of evolution, as its record has it. */
export type AgentRun = {
  readonly run: string;
  readonly state: ReturnType<typeof runState>;
  readonly archive: AgentArchive;
  readonly children: readonly Child[];
  readonly report: Omit<ImproveAgentsReport, "run"> | null;
};

/** Every run of evolution of a project, the oldest first, as far as it is on record. */
export function readAgentRuns(state: string): readonly AgentRun[] {
  const folder = join(state, "agents");
  if (!existsSync(folder)) return [];
  const store = Store.open(folder, { create: false });
  try {
    return runsOf(store);
  } finally {
    store.close();
  }
}

/** An agent of any run, by its id or the beginning of it. Throws a UsageError that tells how to find others. */
export function readAgent(state: string, id: string): { readonly run: AgentRun; readonly id: string } {
  const found = readAgentRuns(state).flatMap((run) =>
    run.archive
      .all()
      .filter((node) => node.id.startsWith(id))
      .map((node) => ({ run, id: node.id })),
  );
  return onlyOne(found, id);
}

function onlyOne<T extends { readonly id: string }>(found: readonly T[], id: string): T {
  const ids = new Set(found.map((each) => each.id));
  if (ids.size === 1 && id !== "") return found[0] as T;
  throw new UsageError({
    what: ids.size === 0 ? `there is no agent '${id}'` : `several agents begin with '${id}': ${[...ids].join(", ")}`,
    where: "pawl agent",
    todo: "`pawl agent list` shows all of them; `pawl agent improve` makes some.",
  });
}

/** The same, in a store that is open. */
export function findAgent(store: Store, id: string): { readonly id: string; readonly files: AgentFiles } {
  return onlyOne(
    runsOf(store).flatMap(({ archive }) => archive.all().filter((node) => node.id.startsWith(id))),
    id,
  );
}

function runsOf(store: Store): readonly AgentRun[] {
  return store
    .runs()
    .toReversed()
    .flatMap(({ id }) => {
      const run = runOf(store, id);
      return run === null ? [] : [run];
    });
}

/** The archive of a run as its record has it; null when it ended before its first agent was evaluated. */
function runOf(store: Store, id: string): AgentRun | null {
  const events = recordOf(store, id);
  const observed = new Map<string, Json>();
  for (const event of events)
    if (event.type === "observed") observed.set(event.data.name, loaded(store, event.data.value));
  const first = observed.get("agent") as AgentFiles | undefined;
  const card = observed.get("first agent") as unknown as ScoreCard | undefined;
  if (first === undefined || card === undefined) return null;
  const archive = new AgentArchive();
  archive.add({ files: first, parent: null, by: null, brief: null, card, n: 0 });
  const children: Child[] = [];
  for (let generation = 1; observed.has(`generation ${generation}`); generation++)
    for (const child of observed.get(`generation ${generation}`) as unknown as readonly Child[]) {
      children.push(child);
      if (!child.working) continue;
      const files = withChanges(archive.get(child.parent).files, child.changed);
      archive.add({ files, parent: child.parent, by: child.by, brief: child.brief, card: child.card, n: child.n });
    }
  const end = events.findLast((event) => event.type === "finished");
  const report = end?.type === "finished" ? (end.data.result as unknown as AgentRun["report"]) : null;
  return { run: id, state: runState(store, id, events), archive, children, report };
}

/** Large values lie apart, by the hash of their content. */
function loaded(store: Store, value: Json): Json {
  if (value === null || typeof value !== "object" || !("$blob" in value)) return value;
  return JSON.parse(Buffer.from(store.getBlob(value["$blob"] as string)).toString("utf8")) as Json;
}
