// A vitest set-up file: counts the lines each test executes and hands them to the reporter in the test's meta.
import { createRequire } from "node:module";
import { afterEach, beforeEach, inject } from "vitest";

const { mergeHits, startLineCoverage } = createRequire(import.meta.url)("./line-coverage.cjs");

// Vitest 5 keeps source maps beside the code, in its module table.
function mapOf(path) {
  const modules = globalThis["__vitest_worker__"]?.evaluatedModules?.fileToModulesMap?.get(path) ?? [];
  for (const module of modules) if (module.meta?.sourceMap) return module.meta.sourceMap;
  return undefined;
}

const coverage = startLineCoverage(inject("pawlTrace"), mapOf);
let loaded = {};

beforeEach(() => {
  loaded = mergeHits(loaded, coverage.take());
});

afterEach(({ task }) => {
  task.meta.pawlHits = mergeHits(loaded, coverage.take());
});
