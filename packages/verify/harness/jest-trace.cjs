"use strict";
// A jest set-up file: counts the lines each test executes and leaves them in a file for the reporter.
const { afterEach, beforeEach, expect } = require("@jest/globals");
const { appendFileSync } = require("node:fs");
const { mergeHits, startLineCoverage } = require("./line-coverage.cjs");

const { files, to } = JSON.parse(process.env.PAWL_TRACE);
const coverage = startLineCoverage(files);
let loaded = {};

beforeEach(() => {
  loaded = mergeHits(loaded, coverage.take());
});

afterEach(() => {
  const { currentTestName, testPath } = expect.getState();
  const hits = mergeHits(loaded, coverage.take());
  appendFileSync(to, `${JSON.stringify({ path: testPath, name: currentTestName, hits })}\n`);
});
