import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "@pawl/core";
import { beyondReach, demandReadable } from "./suspects.ts";

const unreadable = {
  "templates/page.js": new UsageError({ what: "syntax error", where: "templates/page.js:1", todo: "" }),
};
const report = { timedOut: false, complete: true, wallMs: 0, cpuMs: 0, tests: [], errors: [] };

test("a file that does not parse is only in the way when a failing test names it", () => {
  const failed = { id: "a", file: "a.test.js", status: "failed", message: "1 != 2" } as const;
  demandReadable(unreadable, { ...report, tests: [failed] });
  for (const tests of [
    [{ ...failed, message: "SyntaxError: Unexpected token (page.js:1)" }],
    [{ ...failed, stack: [{ path: "templates/page.js", line: 1 }] }],
  ])
    assert.throws(() => demandReadable(unreadable, { ...report, tests }), /syntax error/);
  const errors = [{ file: "a.test.js", message: "cannot load templates/page.js" }];
  assert.throws(() => demandReadable(unreadable, { ...report, errors }), /syntax error/);
});

test("tests that fail before they begin are beyond reach; a wrong constant and a file that does not load are not", () => {
  const failed = (id: string, lines: readonly number[] | null, stack: readonly { path: string; line: number }[]) => ({
    ...({ id, file: "test_a.py", status: "failed", stack } as const),
    ...(lines === null ? {} : { hits: { "a.py": lines } }),
  });
  const at = [{ path: "test_a.py", line: 3 }];
  const tests = [
    failed("no fixture", [1, 2], []),
    failed("constant", [1, 2], at),
    failed("body", [1, 2, 5], at),
    failed("thrown without a stack", [1, 2, 7], []),
    { ...failed("fixture", [1, 2, 8], []), inSetup: true },
    failed("test_b.py", null, []),
    { ...failed("fine", [1, 2, 9], []), status: "passed" as const },
  ];
  const ids = tests.slice(0, 6).map((test) => test.id);
  assert.deepEqual(beyondReach({ ...report, tests }, ids, ["a.py"]), ["no fixture", "fixture"]);
  assert.deepEqual(beyondReach({ ...report, tests }, ["no fixture"], ["a.py"]), []);
});
