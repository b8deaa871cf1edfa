"use strict";
// Preloaded (NODE_OPTIONS=--require) into every Node process of the user's test command. Only the main process of the runner
// is changed: it gets arguments for our reporter, whatever started it (npm, npx, cross-env, a shell chain).
const { realpathSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

/**
 * @param {RegExp} runner matches the real path of the runner's own script
 * @param {(args: string[], options: { mode: string, files?: string[], bail?: boolean, trace?: string[] }, script: string) => string[]} change
 *   new arguments
 */
exports.changeArguments = function changeArguments(runner, change) {
  if (process.env.PAWL_RUN === undefined || !isMainThread || process.argv[1] === undefined) return;
  let script;
  try {
    script = realpathSync(process.argv[1]).replaceAll("\\", "/");
  } catch {
    return;
  }
  if (!runner.test(script)) return;
  const options = JSON.parse(process.env.PAWL_RUN);
  process.argv.splice(2, Infinity, ...change(process.argv.slice(2), options, script));
};
