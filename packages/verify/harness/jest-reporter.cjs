"use strict";
// A jest reporter (29 and 30) that writes Pawl's report.
const { appendFileSync, mkdtempSync, readFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { show, takeReport } = require("./report-writer.cjs");

const report = takeReport();
// Workers inherit the environment, so the set-up file finds where to leave its hits.
const hitsFile = report?.options.trace?.length ? join(mkdtempSync(join(tmpdir(), "pawl-hits-")), "hits.jsonl") : null;
if (hitsFile !== null) {
  appendFileSync(hitsFile, "");
  process.env.PAWL_TRACE = JSON.stringify({ files: report.options.trace, to: hitsFile });
}

/** Records for one test file's result, in the order of definition. */
function recordsOf(path, result, hitsOf = () => undefined) {
  const records = [];
  for (const test of result.testResults) {
    const status = test.status === "passed" || test.status === "failed" ? test.status : "skipped";
    const details = test.failureDetails?.[0];
    const matcher = details?.matcherResult ?? details?.error?.matcherResult;
    records.push({
      kind: "test",
      file: path,
      names: [...test.ancestorTitles, test.title],
      status,
      message: status === "failed" ? (details?.message ?? firstLines(test.failureMessages?.[0])) : undefined,
      stack: status === "failed" ? test.failureMessages?.[0] : undefined,
      expected: status === "failed" ? show(matcher?.expected) : undefined,
      actual: status === "failed" ? show(matcher?.actual) : undefined,
      hits: status === "skipped" ? undefined : hitsOf(test.fullName),
    });
  }
  const failure = result.testExecError ?? (result.testResults.length === 0 ? result.failureMessage : null);
  if (failure) {
    records.push({
      kind: "error",
      file: path,
      message: result.failureMessage ?? failure.stack ?? failure.message ?? String(failure),
    });
  }
  return records;
}

function firstLines(text) {
  return text?.split(/\n\s+at /)[0];
}

const TRACER = join(__dirname, "jest-trace.cjs");

function addTracer(config) {
  if (!config.setupFilesAfterEnv.includes(TRACER)) config.setupFilesAfterEnv.push(TRACER);
}

function removeTracer(config) {
  const index = config.setupFilesAfterEnv.indexOf(TRACER);
  if (index !== -1) config.setupFilesAfterEnv.splice(index, 1);
}

/** Hits by test file and full name; equal names in the order they ran. */
function readHits(file) {
  const byTest = new Map();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const { path, name, hits } = JSON.parse(line);
    const key = `${path}\n${name}`;
    byTest.set(key, [...(byTest.get(key) ?? []), hits]);
  }
  return (path) => (name) => byTest.get(`${path}\n${name}`)?.shift();
}

module.exports = class PawlReporter {
  onRunStart() {
    report?.write({ kind: "start" });
  }

  onTestFileStart(test) {
    if (hitsFile !== null) addTracer(test.context.config);
  }

  onTestResult(test, result) {
    if (report === null) return;
    const hitsOf = hitsFile === null ? undefined : readHits(hitsFile)(test.path);
    for (const record of recordsOf(test.path, result, hitsOf)) report.write(record);
  }

  onRunComplete(_contexts, results) {
    const error = results.runExecError;
    if (error) report?.write({ kind: "error", message: error.stack ?? error.message ?? String(error) });
    report?.write({ kind: "done" });
  }
};

if (report?.options.mode === "warm") {
  require("./jest-warm.cjs").takeOver(report.options.root, { recordsOf, readHits, addTracer, removeTracer });
}
