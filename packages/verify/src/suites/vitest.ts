import { scriptRunnerAdapter } from "./script-runner.ts";
import type { RunnerAdapter } from "./types.ts";

/**
 * Vitest 3 to 5. Clean: a reporter is added to whatever starts vitest's own script, which is made to run once instead of watching.
 * Warm: vitest's process with its Vite server stays; one worker stays, too (in vitest 3 it is started for each run), and gives each
 * test file modules of its own. Tests in a browser cannot be kept warm.
 */
export const vitestAdapter: RunnerAdapter = scriptRunnerAdapter("vitest");
