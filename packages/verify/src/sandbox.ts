import type { ChangedFiles } from "@pawl/core";
import type { ProjectSnapshot } from "./snapshot.ts";
import type { Command, Limits, ProcessResult } from "./process.ts";

/** How candidates are kept apart from the machine; printed with every result. */
export type Isolation = "bubblewrap" | "namespaces" | "none";

/** What a box sees: the snapshot at the project's own path, with these files instead of the base's. */
export interface BoxContents {
  readonly snapshot: ProjectSnapshot;
  readonly files: ChangedFiles;
  /** Host folders shown read-only at the same path (harness scripts, a scratch folder with a canary test). */
  readonly readOnly?: readonly string[];
  /** Host folders shown writable at the same path (a report folder of this box alone). */
  readonly writable?: readonly string[];
  /** Host folder that is the project instead of the snapshot, writable, and not thrown away: a whole copy of it (see `workspace.ts`). */
  readonly workspace?: string;
  /** True to share the machine's network: for a coding agent that has to reach its model, never for a candidate. */
  readonly network?: boolean;
}

/** A long-lived process in a box, spoken to line by line. */
export interface BoxProcess {
  /** Writes one line to its stdin. */
  send(line: string): void;
  /** Lines of its message channel (file descriptor 3, so that prints of the candidate cannot mix in). Ends when the process ends. */
  readonly messages: AsyncIterable<string>;
  /** CPU milliseconds of the whole box so far, read from outside. */
  cpuMs(): number;
  /** True once the kernel has killed a process of the box because all of them together used too much memory. */
  ranOut(): boolean;
  /** Kills the whole process group and waits for it. */
  kill(): Promise<void>;
  readonly exited: Promise<{
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly stderr: string;
  }>;
}

/** Makes boxes. Everything a candidate does happens in one. */
export interface Sandbox {
  readonly isolation: Isolation;
  /** True when what a box writes goes to a file system of its own, so that how full that is tells whether anything was written. */
  readonly ownSpace: boolean;
  /** True when the kernel bounds the memory and the processes of each box as a whole, not those of each process alone. */
  readonly boundsWhole: boolean;
  /** A fresh box for one command; gone afterwards. */
  run(contents: BoxContents, command: Command, limits: Limits, signal?: AbortSignal): Promise<ProcessResult>;
  /** A box that stays, for warm screening. `limits.wallMs` is the caller's to enforce, by `kill`. */
  start(contents: BoxContents, command: Command, limits: Limits): Promise<BoxProcess>;
}
