import type { Limits } from "./process.ts";

/** Limits that suit one test run or one function: a Node process counts about 600 MB of data before it does anything. */
export const DEFAULT_LIMITS: Limits = {
  wallMs: 60_000,
  cpuSeconds: 120,
  memoryBytes: 2 * 1024 ** 3,
  processes: 256,
  openFiles: 1024,
  fileBytes: 256 * 1024 ** 2,
  outputBytes: 4 * 1024 ** 2,
};
