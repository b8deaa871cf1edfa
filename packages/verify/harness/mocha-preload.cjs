"use strict";
const { join } = require("node:path");
const { changeArguments } = require("./runner-preload.cjs");

const reporter = join(__dirname, "mocha-reporter.cjs");

changeArguments(/\/node_modules\/mocha\/(bin\/_?mocha(\.c?js)?|lib\/cli\/cli\.js)$/, (args, options) => {
  // bin/mocha may start lib/cli/cli.js with the arguments it was given: they are already changed then.
  if (args.includes(reporter)) return args;
  const own = ["--reporter", reporter, "--full-trace"];
  if (options.bail) own.push("--bail");
  // Hits are counted in one process.
  if (options.trace?.length) own.push("--no-parallel");
  const kept = args.filter((arg) => arg !== "--watch" && arg !== "-w");
  const end = kept.indexOf("--");
  return end === -1 ? [...kept, ...own] : [...kept.slice(0, end), ...own, ...kept.slice(end)];
});
