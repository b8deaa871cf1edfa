import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Check, Verdict } from "@pawl/core";
import { cascade } from "./cascade.ts";
import { openSandbox } from "./open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";
import { findLinter, findTypeChecker, newFindings, runStaticChecker } from "./static-checkers.ts";
import { writeProject } from "./suites/fixture-project.ts";
import { TypeCheck } from "./type-check.ts";

const TYPESCRIPT = fileURLToPath(new URL("../../../node_modules/typescript", import.meta.url));
const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };
const signal = new AbortController().signal;

test("a candidate with type errors of its own fails; those of the base are forgiven, wherever they move", async (t) => {
  if (!existsSync(TYPESCRIPT)) return t.skip("typescript not found");
  const old = 'export const known: number = "old";\n';
  const root = writeProject({
    "package.json": "{}",
    "tsconfig.json":
      '{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true, "module": "esnext" }, "include": ["*.ts"] }',
    "a.ts": `${old}export function twice(n: number): number {\n  return n + n;\n}\n`,
    "node_modules/.keep": "",
  });
  // The whole repository's node_modules: typescript brings its parts as packages beside it.
  const snapshot = { ...(await takeSnapshot(root)), dependencies: [dirname(TYPESCRIPT)] };
  t.after(() => removeSnapshot(snapshot));
  const sandbox = await openSandbox({ unsafe: true });
  if (sandbox.isolation === "none") return t.skip("no sandbox works here");
  const checker = findTypeChecker(snapshot);
  assert.equal(checker?.name, "tsc");
  if (checker === null) return;
  const base = await runStaticChecker(sandbox, snapshot, checker, {});
  if ("reason" in base) throw new Error(base.reason);
  assert.deepEqual(
    base.findings.map(({ path, line }) => [path, line]),
    [["a.ts", 1]],
  );
  const check = new TypeCheck({ sandbox, snapshot, checker, base: base.findings });
  const judge = (text: string): Promise<Verdict> => check.confirm({ candidate, files: { "a.ts": text } }, signal);
  const moved = await judge(`\n\n${old}export function twice(n: number): number {\n  return 2 * n;\n}\n`);
  assert.deepEqual([moved.status, moved.scores], ["passed", { typeErrors: [0] }]);
  const wrong = await judge(`${old}export function twice(n: number): number {\n  return String(n);\n}\n`);
  assert.deepEqual([wrong.status, wrong.scores], ["failed", { typeErrors: [1] }]);
  assert.deepEqual([wrong.feedback[0]?.path, wrong.feedback[0]?.line], ["a.ts", 3]);
  assert.match(wrong.feedback[0]?.message ?? "", /TS2322/);
});

test("what is not set up is not run", async () => {
  const root = writeProject({ "tsconfig.json": "{}", "eslint.config.js": "", "mypy.ini": "" });
  const snapshot = await takeSnapshot(root);
  assert.equal(findTypeChecker({ ...snapshot, dependencies: [] }), null);
  assert.equal(findLinter({ ...snapshot, dependencies: [] }), null);
  await removeSnapshot(snapshot);
});

test("the same finding counts as often as it was there", () => {
  const one = { path: "a", line: 1, text: "x" };
  assert.deepEqual(newFindings([one], [{ ...one, line: 9 }]), []);
  assert.deepEqual(newFindings([one], [one, { ...one, line: 9 }]), [{ ...one, line: 9 }]);
  assert.deepEqual(newFindings([one], [{ ...one, path: "b" }]).length, 1);
});

test("a cascade stops at the first check that is not passed, and says what was not run", async () => {
  const asked: string[] = [];
  const made = (id: string, status: Verdict["status"]): Check => {
    const verdict = async (): Promise<Verdict> => {
      asked.push(id);
      const feedback = status === "passed" ? [] : [{ kind: "error", message: `${id} is wrong` } as const];
      return { status, scores: { [id]: [1] }, feedback, cost: { wallMs: 1, cpuMs: 2 }, evidence: [id] };
    };
    return { id, deterministic: true, screen: verdict, confirm: verdict, close: async () => {} };
  };
  const stopped = cascade([made("tests", "passed"), made("types", "failed"), made("lint", "passed")]);
  const verdict = await stopped.confirm({ candidate, files: {} }, signal);
  assert.deepEqual(asked, ["tests", "types"]);
  assert.deepEqual([verdict.status, verdict.scores], ["failed", { tests: [1], types: [1] }]);
  assert.deepEqual(
    verdict.feedback.map(({ message }) => message),
    ["types is wrong", "not run after types: lint"],
  );
  assert.deepEqual([verdict.cost, verdict.evidence], [{ wallMs: 2, cpuMs: 4 }, ["tests", "types"]]);
  const good = await cascade([made("tests", "passed"), made("types", "passed")]).screen(
    { candidate, files: {} },
    signal,
  );
  assert.deepEqual([good.status, good.feedback], ["passed", []]);
  const noData = await cascade([made("tests", "infrastructure"), made("types", "passed")]).screen(
    { candidate, files: {} },
    signal,
  );
  assert.equal(noData.status, "infrastructure");
});
