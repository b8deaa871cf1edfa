"use strict";
// Jest kept warm: the user's own jest command starts, reads its configuration, crawls and resolves once; where it would run the test
// files it serves requests instead. Jest gives every test file a fresh module registry; what stays warm is jest itself, its caches of
// transforms, and Node's builtins.
const { mkdtempSync, realpathSync, rmSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { testIds } = require("./report-writer.cjs");
const { refuse, serve } = require("./warm-server.cjs");

/** Called while jest loads its reporters, before any test file. */
exports.takeOver = function takeOver(root, jest) {
  const TestRunner = loadRunner();
  const original = TestRunner.prototype.runTests;
  TestRunner.prototype.runTests = async function serveInstead(tests) {
    const runner = (globalConfig) => new TestRunner(globalConfig, this["_context"] ?? {});
    await serve(root, async (request, _changed, write) => {
      const wanted = tests.filter(({ path }) => request.entries === null || request.entries.includes(path));
      // Jest gives errors of this realm another formatter with every test file; put back, it is no mark of the candidate's.
      const formatter = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
      try {
        await runOnce({ root, jest, original, runner, globalConfig: this["_globalConfig"] }, wanted, request, write);
      } finally {
        if (formatter === undefined) delete Error.prepareStackTrace;
        else Object.defineProperty(Error, "prepareStackTrace", formatter);
      }
    });
  };
};

/** The jest-runner that the running jest uses, found along its dependencies. */
function loadRunner() {
  let at = realpathSync(process.argv[1]);
  try {
    for (const name of at.includes("/jest-cli/")
      ? ["@jest/core", "jest-runner"]
      : ["jest-cli", "@jest/core", "jest-runner"]) {
      at = createRequire(at).resolve(name);
    }
  } catch {
    refuse("jest-runner was not found beside jest");
  }
  return createRequire(at)(at).default;
}

async function runOnce({ root, jest, original, runner, globalConfig }, tests, request, write) {
  const number = testIds(root);
  const hits = request.trace ? join(mkdtempSync(join(tmpdir(), "pawl-hits-")), "hits.jsonl") : null;
  if (hits !== null) {
    writeFileSync(hits, "");
    process.env.PAWL_TRACE = JSON.stringify({ files: request.trace, to: hits });
  }
  const config = { ...globalConfig, testNamePattern: request.names ?? globalConfig.testNamePattern, verbose: false };
  let failed = false;
  for (const test of tests) {
    if (failed && request.stop) break;
    if (hits !== null) jest.addTracer(test.context.config);
    else jest.removeTracer(test.context.config);
    const { result, error } = await runFile(original, runner(config), test);
    const outcome = result ?? { testResults: [], failureMessage: String(error?.stack ?? error) };
    for (const record of jest.recordsOf(
      test.path,
      outcome,
      hits === null ? undefined : jest.readHits(hits)(test.path),
    )) {
      const id = record.kind === "test" ? number(record.file, record.names) : undefined;
      if (id !== undefined && request.tests !== null && !request.tests.includes(id)) continue;
      if (record.status === "failed" || record.kind === "error") failed = true;
      write(record, id);
    }
  }
  if (hits !== null) rmSync(join(hits, ".."), { recursive: true, force: true });
}

/** Runs one test file in this process, as jest does with --runInBand. */
function runFile(runTests, runner, test) {
  return new Promise((resolve, reject) => {
    runner.on("test-file-success", ([, result]) => resolve({ result }));
    runner.on("test-file-failure", ([, error]) => resolve({ error }));
    const watcher = { isInterrupted: () => false, isWatchMode: () => false, setState() {}, on() {} };
    runTests.call(runner, [test], watcher, { serial: true }).catch(reject);
  });
}
