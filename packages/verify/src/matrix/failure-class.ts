import type { TestOutcome } from "../suites/types.ts";

/**
 * What kind of difference between versions a failure shows. `load`: the dependency, or what needs it, cannot be loaded; `missing`: a name that
 * this version does not have; `throws`: it refuses; `wrong value`: it runs and gives something else, which nothing but a test notices.
 */
export type FailureClass = "load" | "missing" | "throws" | "wrong value" | "timeout";

const LOAD =
  /Cannot find (?:module|package)|ERR_(?:MODULE_NOT_FOUND|PACKAGE_PATH_NOT_EXPORTED|REQUIRE_ESM)|ModuleNotFoundError|No module named|is not defined by "exports"/;
const MISSING =
  /is not a (?:function|constructor)|does not provide an export|has no attribute|cannot import name|Cannot read properties of undefined|unexpected keyword argument|is not iterable \(cannot read property undefined/;
const ASSERTION = /AssertionError|assert|expect(?:ed|\()/i;
const THROWN = /\b(?!AssertionError)[A-Z]\w*(?:Error|Exception|Warning)\b/;

/** Classifies a failed test, or a file that does not load, by what the runner said about it. */
export function failureClass({
  message = "",
  expected,
  actual,
}: Pick<TestOutcome, "message" | "expected" | "actual">): FailureClass {
  if (/timed out|did not end in time/i.test(message)) return "timeout";
  if (LOAD.test(message)) return "load";
  if (MISSING.test(message)) return "missing";
  if (expected !== undefined || actual !== undefined) return "wrong value";
  if (ASSERTION.test(message) && !THROWN.test(message)) return "wrong value";
  return "throws";
}
