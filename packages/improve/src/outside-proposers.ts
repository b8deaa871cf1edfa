import type { BudgetLimits, ChangedFiles, Proposer, Rejection, Target } from "@pawl/core";
import { UsageError } from "@pawl/core";
import {
  AgentProposer,
  parseAgent,
  PersonProposer,
  type AgentCommand,
  type PersonDesk,
  type WorkTask,
} from "@pawl/propose";
import { findAgentProgram, Workspace } from "@pawl/verify";
import type { LiveProject } from "./run-frame.ts";

/** What an agent gets besides the project and its task. */
export interface AgentOptions {
  /** Names of environment variables that it gets: its key, a proxy. */
  readonly variables?: readonly string[];
  /** Files and folders outside of the project that it may read; absolute. */
  readonly shown?: readonly string[];
  /** Longest time for one piece of work; default 1200 seconds. */
  readonly seconds?: number;
  /** Whether each of its commits is a candidate of its own, before the whole is; default false. */
  readonly steps?: boolean;
}

/** Somebody who works on the whole project for minutes: asked one thing at a time, and not again when the goal is reached. */
export interface OutsideTerms {
  readonly budget: BudgetLimits;
  readonly window: number;
  readonly gate: { readonly patience: number; readonly enough: number };
}

const DEFAULT_SECONDS = 1200;
const PATIENCE = { patience: 0, enough: 1 };
const TERMS: Readonly<Record<string, OutsideTerms>> = {
  agent: { budget: { evaluations: 10, seconds: 3600 }, window: 1, gate: PATIENCE },
  self: { budget: { evaluations: 20, seconds: 600 }, window: 1, gate: PATIENCE },
  // Somebody who thinks is not hurried.
  human: { budget: { evaluations: 100 }, window: 1, gate: PATIENCE },
};
/** They would act on what builds the box, before anything is in it. */
const FORBIDDEN = /^(?:LD_.*|BASH_.*|ENV|PATH|SHELLOPTS|IFS|PS4)$/;

/** The terms of a proposer from outside; null for Pawl's own and for models. */
export function outsideTerms(id: string): OutsideTerms | null {
  return TERMS[id.split(":")[0] as string] ?? null;
}

/** Whether an agent or a person is asked: who works on a `WorkTask`. */
export function asksOutside(id: string): boolean {
  return id === "human" || id.startsWith("agent:");
}

/** Throws when an agent's name, or what goes with it, cannot be used; before a run is started. `root`: folder of the project. */
export function demandAgent(id: string, root: string, options: AgentOptions = {}): void {
  engagementOf(id, root, options);
}

export interface OutsideSetting {
  readonly task: WorkTask;
  /** Null in a replay that judges nothing: then what is on record can be repeated, and nobody asked. */
  readonly live: LiveProject | null;
  readonly target: Target;
  readonly desk: PersonDesk;
  readonly say: (text: string) => void;
  readonly agent?: AgentOptions | undefined;
  /** Why a file may not become this, or null: for commands that allow only part of a file. */
  readonly refusal: (path: string, text: string) => string | null;
}

/** The proposer that `--proposer agent:…` or `human` names. */
export function outsideProposer(id: string, setting: OutsideSetting): Proposer {
  const { task, live, say, agent = {}, refusal } = setting;
  if (id === "human") return personProposer(setting);
  return new AgentProposer({
    id,
    protocol: commandOf(id).protocol,
    task,
    seconds: agent.seconds ?? DEFAULT_SECONDS,
    say,
    refusal,
    steps: agent.steps ?? false,
    engage: async (files: ChangedFiles) => {
      if (live === null) throw new Error("an agent was asked in a replay");
      const { sandbox, snapshot } = live;
      const { argv, shown, secrets } = engagementOf(id, snapshot.root, agent);
      const room = await Workspace.open(sandbox, { snapshot, files, readOnly: shown, network: true });
      return { room, argv, secrets };
    },
  });
}

/** A person is told at once what cannot become a candidate. */
function personProposer({ task, target, desk, refusal: partial }: OutsideSetting): Proposer {
  return new PersonProposer({
    task,
    desk,
    refusal(files, { parent }, { archive, refuses, read }) {
      for (const path of Object.keys(files)) {
        const reason = refuses(path);
        if (reason !== null) return `${path}: ${reason}`;
      }
      for (const [path, text] of Object.entries(files)) {
        const reason = text === read(parent, path) ? null : partial(path, text);
        if (reason !== null) return `${path}: ${reason}`;
      }
      const whole = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, [{ start: 0, end: read(parent, path).length, text }]]),
      );
      const from = archive.get(parent)?.candidate ?? target.base;
      const derived = target.derive(from, whole, { proposer: "human", summary: "" });
      if ("rejected" in derived) return REFUSALS[derived.rejected] ?? `${derived.rejected}: ${derived.detail}`;
      return archive.get(derived.candidate.id) === undefined ? null : "the same change was tried before";
    },
  });
}

const REFUSALS: Readonly<Partial<Record<Rejection, string>>> = {
  "no-op": "it changes nothing, or is the change that was tried last",
  "locked-region": "it changes a region that is locked",
};

function commandOf(id: string): AgentCommand {
  return parseAgent(id.slice("agent:".length));
}

function engagementOf(id: string, root: string, options: AgentOptions) {
  const command = commandOf(id);
  const { argv, readOnly } = findAgentProgram(command.argv, root);
  const secrets = { ...secretsOf(command.variables, false), ...secretsOf(options.variables ?? [], true) };
  return { argv, secrets, shown: [...readOnly, ...(options.shown ?? [])] };
}

function secretsOf(names: readonly string[], demanded: boolean): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const name of names) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || FORBIDDEN.test(name))
      throw new UsageError({
        what: `the variable '${name}' is not passed on`,
        where: "--agent-env",
        todo: "Name variables that the agent needs: its key, a proxy.",
      });
    const value = process.env[name];
    if (value !== undefined && value !== "") secrets[name] = value;
    else if (demanded)
      throw new UsageError({
        what: `the environment variable ${name} is not set`,
        where: "--agent-env",
        todo: `Set it, or leave it out: ${name}=… pawl …`,
      });
  }
  return secrets;
}
