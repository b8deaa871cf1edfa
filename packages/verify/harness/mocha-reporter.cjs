"use strict";
// A mocha reporter (2 to 12) that writes Pawl's report. Mocha loads it before the test files, so line coverage starts here.
const { realpathSync } = require("node:fs");
const { createRequire } = require("node:module");
const { show, takeReport } = require("./report-writer.cjs");
const { mergeHits, startLineCoverage } = require("./line-coverage.cjs");
const { titlesOf } = require("./mocha-titles.cjs");
const { takeOver } = require("./mocha-warm.cjs");

const report = takeReport();

/**
 * Follows a mocha runner and hands over one record per test.
 * @param {import("node:events").EventEmitter} runner
 * @param {(record: object, test?: object) => void} write
 * @param {{ take(): Record<string, number[]> } | null} coverage
 */
function follow(runner, write, coverage) {
  const reported = new Set();
  let loaded = {};

  const record = (test, status, error) => {
    if (reported.has(test)) return;
    reported.add(test);
    const hits = coverage && status !== "skipped" ? mergeHits(loaded, coverage.take()) : undefined;
    write(
      { kind: "test", file: test.file ?? "", names: titlesOf(test), status, hits, ...(error && describe(error)) },
      test,
    );
  };

  runner.once("start", () => write({ kind: "start" }));
  runner.on("test", () => {
    if (coverage) loaded = mergeHits(loaded, coverage.take());
  });
  runner.on("pass", (test) => record(test, "passed"));
  runner.on("pending", (test) => record(test, "skipped"));
  runner.on("fail", (runnable, error) => {
    if (runnable.type !== "hook") return record(runnable, "failed", error);
    // A failing hook ends its suite: what it keeps from running has failed too.
    const before = reported.size;
    const current = runnable.ctx?.currentTest;
    if (current) record(current.parent ? current : sentTest(runnable, current), "failed", error);
    runnable.parent?.eachTest?.((test) => {
      if (!isPending(test)) record(test, "failed", error);
    });
    if (reported.size > before) return;
    write({ kind: "error", file: runnable.file, message: `${runnable.title}: ${error?.stack ?? error}` });
  });
  runner.once("end", () => write({ kind: "done" }));
}

/** In parallel mode the test of a hook comes from a worker with hardly more than its title. */
function sentTest(hook, { title }) {
  return { file: hook.file, titlePath: () => [...titlesOf(hook).slice(0, -1), title] };
}

function isPending(test) {
  return test.isPending ? test.isPending() : test.pending === true;
}

function describe(error) {
  const message = error?.message ?? String(error);
  return { message, stack: error?.stack, expected: show(error?.expected), actual: show(error?.actual) };
}

/** Mocha gives up when a file does not load, before it has a runner to report with. */
function reportLoadErrors({ prototype }, write) {
  const load = prototype.loadFilesAsync;
  prototype.loadFilesAsync = async function loadFiles(...args) {
    let current;
    this.suite.on("pre-require", (_globals, file) => (current = file));
    try {
      return await load.apply(this, args);
    } catch (error) {
      for (const record of [
        { kind: "start" },
        { kind: "error", file: current, message: String(error?.stack ?? error) },
        { kind: "done" },
      ]) {
        write(record);
      }
      throw error;
    }
  };
}

const coverage = report?.options.trace?.length ? startLineCoverage(report.options.trace) : null;

module.exports = function PawlReporter(runner) {
  if (report !== null) follow(runner, report.write, coverage);
};

if (report !== null) {
  const Mocha = createRequire(realpathSync(process.argv[1]))("mocha");
  if (report.options.mode === "warm") takeOver(Mocha, report.options.root, follow);
  else reportLoadErrors(Mocha, report.write);
}
