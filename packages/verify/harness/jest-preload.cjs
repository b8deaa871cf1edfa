"use strict";
const { join } = require("node:path");
const { changeArguments } = require("./runner-preload.cjs");

const own = [
  "--ci",
  "--watchman=false",
  "--cacheDirectory=/tmp/pawl-jest",
  `--reporters=${join(__dirname, "jest-reporter.cjs")}`,
];

changeArguments(/\/node_modules\/jest(-cli)?\/bin\/jest\.js$/, (args, options) => {
  const kept = args.filter((arg) => !/^--watch(All)?(=.*)?$/.test(arg));
  const end = kept.indexOf("--");
  const before = end === -1 ? kept : kept.slice(0, end);
  const after = end === -1 ? [] : kept.slice(end);
  // File patterns come first: jest's list options would swallow them.
  const files = (options.files ?? []).map((file) => file.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const more = [...(options.bail ? ["--bail=1"] : []), ...(options.mode === "launch" ? ["--coverage=false"] : [])];
  return [...files, ...before, ...own, ...more, ...after];
});
