import { scriptRunnerAdapter } from "./script-runner.ts";
import type { RunnerAdapter } from "./types.ts";

/**
 * Mocha 2 to 12. Clean: a reporter takes the place of the user's own. Warm: mocha's process stays with its options, required modules
 * and root hooks; the project's modules are loaded again for every request. Not kept warm: parallel mode, and CommonJS code that
 * requires ES modules of the project.
 */
export const mochaAdapter: RunnerAdapter = scriptRunnerAdapter("mocha");
