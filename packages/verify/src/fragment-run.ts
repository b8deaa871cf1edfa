import type { ChangedFiles } from "@pawl/core";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { HARNESS } from "./harness.ts";
import { ReportFolder } from "./suites/report-file.ts";

/** What a program of a completed fragment did. Lines are the program's. */
export interface FragmentRun {
  /** 1-based, ascending. */
  readonly hits: readonly number[];
  /** The lines in the order in which they were executed, the first 5,000. */
  readonly trace: readonly number[];
  /** Exceptions that nothing caught, in their order. */
  readonly errors: readonly FragmentError[];
  readonly timedOut: boolean;
  readonly stdout: string;
}

export interface FragmentError {
  readonly name: string;
  readonly message: string;
  /** `ERR_MODULE_NOT_FOUND`; in Python the name that could not be imported. */
  readonly code: string | null;
  /** Of the program, innermost first; empty when it did not get there. */
  readonly lines: readonly number[];
}

/** What counts is CPU time: on a busy machine a fragment is not cut off for waiting. */
const CPU_SECONDS = 5;
const WALL_MS = 30_000;
/** Of a shell whose command was killed by SIGKILL or SIGXCPU. */
const KILLED: ReadonlySet<number> = new Set([137, 152]);

/** Runs a program in a fresh box of the project, beside the files that it imports. Nothing of the project is changed. */
export async function runFragment(
  sandbox: Sandbox,
  snapshot: ProjectSnapshot,
  language: "javascript" | "python",
  program: { readonly path: string; readonly text: string },
  options: { readonly python: string; readonly signal?: AbortSignal },
): Promise<FragmentRun> {
  const folder = new ReportFolder();
  try {
    const argv =
      language === "javascript"
        ? ["node", "--disable-warning=ExperimentalWarning", `${HARNESS}/fragment-node.mjs`, program.path]
        : [options.python, `${HARNESS}/fragment-python.py`, program.path];
    const files: ChangedFiles = { [program.path]: program.text };
    const contents = { snapshot, files, readOnly: [HARNESS, folder.folder], writable: folder.files };
    const env = { PAWL_REPORT: folder.file, PYTHONDONTWRITEBYTECODE: "1" };
    const limits = { ...DEFAULT_LIMITS, wallMs: WALL_MS, cpuSeconds: CPU_SECONDS, outputBytes: 64 * 1024 };
    const result = await sandbox.run(contents, { argv, env }, limits, options.signal);
    return {
      ...readRecords(folder.read()),
      timedOut: result.timedOut || KILLED.has(result.exitCode ?? 0),
      stdout: result.stdout,
    };
  } finally {
    folder.remove();
  }
}

/** Asks a Python script of the harness something, in a box: one JSON document in, one out. */
export async function askPython(
  sandbox: Sandbox,
  snapshot: ProjectSnapshot,
  script: string,
  question: unknown,
  options: { readonly python: string; readonly signal?: AbortSignal },
): Promise<unknown> {
  const argv = [options.python, "-I", `${HARNESS}/${script}`];
  const contents = { snapshot, files: {}, readOnly: [HARNESS] };
  const limits = { ...DEFAULT_LIMITS, wallMs: 30_000 };
  const command = { argv, stdin: JSON.stringify(question) };
  const result = await sandbox.run(contents, command, limits, options.signal);
  if (result.exitCode !== 0) throw new Error(`${script} ended with ${result.exitCode}: ${result.stderr.slice(-2000)}`);
  return JSON.parse(result.stdout) as unknown;
}

interface FragmentRecord {
  readonly hit?: number;
  readonly error?: FragmentError;
  readonly trace?: readonly number[];
}

function readRecords(text: string): Pick<FragmentRun, "hits" | "trace" | "errors"> {
  const records = text.split("\n").flatMap((line): readonly FragmentRecord[] => {
    try {
      return line === "" ? [] : [JSON.parse(line) as FragmentRecord];
    } catch {
      return []; // cut off by a kill
    }
  });
  return {
    hits: records.flatMap(({ hit }) => hit ?? []).sort((a, b) => a - b),
    trace: records.findLast(({ trace }) => trace !== undefined)?.trace ?? [],
    errors: records.flatMap(({ error }) => error ?? []),
  };
}
