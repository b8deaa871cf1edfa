import { HARNESS } from "../harness.ts";
import type { Limits } from "../process.ts";
import { ReportFolder, finishReport, parseRecords, toReport } from "./report-file.ts";
import type { RunRequest, SuiteContext, TestReport } from "./types.ts";

export { HARNESS } from "../harness.ts";

/** Limits of a box that runs a test suite for at most `timeoutMs`. */
export function suiteLimits(timeoutMs: number): Limits {
  return {
    wallMs: timeoutMs,
    // Parallel test files burn CPU faster than the wall clock runs; the wall clock is the real limit.
    cpuSeconds: Math.ceil((timeoutMs / 1000) * 8) + 5,
    memoryBytes: 8 * 2 ** 30,
    processes: 512,
    openFiles: 4096,
    fileBytes: 256 * 2 ** 20,
    outputBytes: 256 * 2 ** 10,
  };
}

/**
 * Runs the user's command in a fresh box with a harness reporter switched on by `env`, and reads the reporter's private file.
 * The harness finds the file by PAWL_REPORT; its name is a nonce of this run.
 */
export async function cleanRun(
  context: SuiteContext,
  request: RunRequest,
  runner: string,
  env: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<TestReport> {
  const folder = new ReportFolder();
  try {
    const command = { ...context.command, env: { ...context.command.env, ...env, PAWL_REPORT: folder.file } };
    const contents = {
      snapshot: context.snapshot,
      files: request.files,
      readOnly: [HARNESS, folder.folder],
      writable: folder.files,
    };
    const result = await context.sandbox.run(contents, command, suiteLimits(request.timeoutMs), signal);
    const parsed = toReport(parseRecords(folder.read()), context.snapshot.root);
    return { ...finishReport(parsed, result, runner), exitCode: result.exitCode };
  } finally {
    folder.remove();
  }
}
