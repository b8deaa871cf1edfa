"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { changeArguments } = require("./runner-preload.cjs");

const reporter = join(__dirname, "mocha-reporter.cjs");

changeArguments(/\/node_modules\/mocha\/(bin\/_?mocha(\.c?js)?|lib\/cli\/cli\.js)$/, (args, options, script) => {
  // bin/mocha may start lib/cli/cli.js with the arguments it was given: they are already changed then.
  if (args.includes(reporter)) return args;
  const own = ["--reporter", reporter, "--full-trace"];
  if (options.bail) own.push("--bail");
  // Hits are counted in one process. Mocha before 8 has no other, and does not know the flag.
  if (options.trace?.length && majorVersion(script) >= 8) own.push("--no-parallel");
  const kept = args.filter((arg) => arg !== "--watch" && arg !== "-w");
  const end = kept.indexOf("--");
  return end === -1 ? [...kept, ...own] : [...kept.slice(0, end), ...own, ...kept.slice(end)];
});

function majorVersion(script) {
  const manifest = script.replace(/(\/node_modules\/mocha)\/.*$/, "$1/package.json");
  return parseInt(JSON.parse(readFileSync(manifest, "utf8")).version, 10);
}
