"use strict";
const { join } = require("node:path");
const { changeArguments } = require("./runner-preload.cjs");

const reporter = `--reporter=${join(__dirname, "vitest-reporter.mjs")}`;

changeArguments(/\/node_modules\/vitest\/vitest\.mjs$/, (args, options) => {
  const warm = options.mode === "launch";
  const unwanted = warm ? /^(--watch|-w|--ui|--(no-)?coverage(\.enabled)?)(=.*)?$/ : /^(--watch|-w|--ui)(=.*)?$/;
  const kept = args.filter((arg) => !unwanted.test(arg));
  // `watch` and `dev` are the only commands that stay; every other word is a filter or another command.
  if (kept[0] === "watch" || kept[0] === "dev") kept[0] = "run";
  else if (kept[0] === undefined || kept[0].startsWith("-")) kept.unshift("run");
  const end = kept.indexOf("--");
  const before = end === -1 ? kept : kept.slice(0, end);
  const after = end === -1 ? [] : kept.slice(end);
  const own = [reporter, ...(options.bail ? ["--bail=1"] : []), ...(warm ? ["--coverage.enabled=false"] : [])];
  return [...before, ...(options.files ?? []), ...own, ...after];
});
