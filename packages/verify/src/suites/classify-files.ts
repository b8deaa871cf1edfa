import type { RunnerId } from "./types.ts";

/** Project-relative paths, each file in exactly one list, sorted as in the snapshot. */
export interface ClassifiedFiles {
  /** Tests and what only they use: frozen. */
  readonly tests: readonly string[];
  /** Everything that steers the tools, and every file that is not code: frozen. */
  readonly config: readonly string[];
  /** Code that may be changed. */
  readonly source: readonly string[];
}

const JAVASCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const PYTHON = /\.py$/;
const TEST_FOLDERS =
  /(?:^|\/)(?:__tests__|__mocks__|__snapshots__|__fixtures__|tests?|specs?|e2e|fixtures|testdata)\//i;
const JAVASCRIPT_TESTS =
  /(?:[._-](?:test|tests|spec|e2e|bench)\.(?:[cm]?[jt]s|[jt]sx)|(?:^|\/)(?:test|tests)\.(?:[cm]?[jt]s)|\.snap)$/;
const PYTHON_TESTS = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|tests?)\.py$/;
const CONFIG =
  /(?:(?:^|\/)(?:\.[^/]+|setup\.py|noxfile\.py|fabfile\.py|gulpfile\.[cm]?js|Gruntfile\.js)$|(?:^|\/)\.[^/]+\/|\.(?:config|setup|conf)\.[cm]?[jt]s$|\.d\.[cm]?ts$|\.min\.js$)/;

/** Sorts the files of a snapshot into tests, configuration and source; the code of the runner's own language is source. */
export function classifyFiles(snapshot: { readonly files: readonly string[] }, runner: RunnerId): ClassifiedFiles {
  const tests: string[] = [];
  const config: string[] = [];
  const source: string[] = [];
  for (const path of snapshot.files) {
    const isCode =
      runner === "exit-code"
        ? JAVASCRIPT.test(path) || PYTHON.test(path)
        : (runner === "pytest" || runner === "unittest" ? PYTHON : JAVASCRIPT).test(path);
    if (TEST_FOLDERS.test(path) || JAVASCRIPT_TESTS.test(path) || PYTHON_TESTS.test(path)) tests.push(path);
    else if (!isCode || CONFIG.test(path)) config.push(path);
    else source.push(path);
  }
  return { tests, config, source };
}
