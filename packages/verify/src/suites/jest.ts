import { scriptRunnerAdapter } from "./script-runner.ts";
import type { RunnerAdapter } from "./types.ts";

/**
 * Jest 29 and 30. Clean: a reporter is added to whatever starts jest's own script; caches go to the box's /tmp; missing snapshots are
 * not written. Warm: jest's process stays with its configuration, file map and transforms; each test file gets a fresh module registry,
 * as always in jest. Custom runners are not kept warm.
 */
export const jestAdapter: RunnerAdapter = scriptRunnerAdapter("jest");
