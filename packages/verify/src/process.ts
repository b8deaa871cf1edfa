/** What to start in a box. */
export interface Command {
  /** argv[0] is resolved on the box's PATH. */
  readonly argv: readonly string[];
  /** Relative to the project root; default the root itself. */
  readonly cwd?: string;
  /** Added to the box's own small environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Values that no command line shows: they reach the command through the environment alone. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** True for a command of the user's: `node` is the one on the user's own PATH, where Pawl runs on another. */
  readonly ownNode?: boolean;
  readonly stdin?: string;
}

/** Limits of one box. Milliseconds and bytes. */
export interface Limits {
  /** Wall clock; the whole process group is killed after it. */
  readonly wallMs: number;
  /** CPU seconds per process (prlimit). */
  readonly cpuSeconds: number;
  /** Data segment per process. */
  readonly memoryBytes: number;
  readonly processes: number;
  /**
   * What all processes of the box use together, files in memory included, where control groups can be used. Default: twice `memoryBytes` and
   * what the box's files may take, at most four fifths of the machine's memory.
   */
  readonly wholeMemoryBytes?: number;
  /** Processes and threads of the whole box, where control groups can be used. Default: `processes` and Pawl's own around it. */
  readonly wholeProcesses?: number;
  readonly openFiles: number;
  /** Largest file that may be written. */
  readonly fileBytes: number;
  /** Captured output; what comes after it is cut and said to be cut. */
  readonly outputBytes: number;
}

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly outputCut: boolean;
  readonly wallMs: number;
  /** User + system time of the whole box, read from outside. */
  readonly cpuMs: number;
}
