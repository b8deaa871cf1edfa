import type { ChangeSet, Refusal } from "../change-set.ts";

/** How a command of an agent ended. */
export interface AgentEnd {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process spoken to line by line. */
export interface AgentProcess {
  send(line: string): void;
  readonly messages: AsyncIterable<string>;
  kill(): Promise<void>;
  readonly exited: Promise<{ readonly exitCode: number | null; readonly stderr: string }>;
}

export interface AgentStart {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Where an agent works: its own copy of the project, in a box of its own. `Workspace` of the room verify is one. */
export interface AgentRoom {
  /** Absolute path of the project, as the agent sees it. */
  readonly root: string;
  run(command: AgentStart, seconds: number, signal?: AbortSignal): Promise<AgentEnd>;
  start(command: AgentStart): Promise<AgentProcess>;
  /** Throw for a path that is not a file inside of the copy. */
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  changes(): Promise<{
    readonly files: ChangeSet;
    readonly deleted: readonly string[];
    readonly refused: readonly Refusal[];
  }>;
  close(): Promise<void>;
}
