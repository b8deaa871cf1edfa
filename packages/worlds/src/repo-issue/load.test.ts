import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PawlError } from "@pawl/core";
import { symbolAt } from "./symbol-at.ts";
import { loadRepoIssues, writeHidden, writeRepoIssue, type RepoIssue } from "./index.ts";

const issues = loadRepoIssues();
const isCode = (path: string): boolean => /\.(js|ts|py)$/.test(path);
const isTest = (path: string): boolean => /\.test\.[jt]s$|(^|\/)test_\w+\.py$/.test(path);
const names = (issue: RepoIssue): string[] =>
  issue.truth.map(({ symbol }) =>
    symbol
      .split(".")
      .at(-1)!
      .replace(/^[#_]+/, ""),
  );
const mentions = (text: string, name: string): boolean => new RegExp(`(?<![\\w])_*${name}\\b`).test(text);

test("at least 40 issues over at least 10 repositories, in three languages", () => {
  assert.ok(issues.length >= 40, String(issues.length));
  assert.equal(new Set(issues.map(({ id }) => id)).size, issues.length);
  assert.ok(new Set(issues.map(({ repo }) => repo)).size >= 10);
  const share = (of: (issue: RepoIssue) => boolean): number => issues.filter(of).length / issues.length;
  assert.ok(share(({ language }) => language === "javascript") > 0.3);
  assert.ok(share(({ language }) => language === "typescript") > 0.15);
  assert.ok(share(({ language }) => language === "python") > 0.3);
  const compound = share(({ truth }) => truth.length > 1);
  assert.ok(compound > 0.2 && compound < 0.5, `${compound} have more than one fault`);
  const weak = share((issue) => issue.weak);
  assert.ok(weak > 0.25 && weak < 0.45, `${weak} are weak`);
});

test("in most issues no failing test is in the file named like the faulty module", () => {
  const stem = (path: string): string =>
    path
      .split("/")
      .at(-1)!
      .replace(/^test_/, "")
      .replace(/(\.test)?\.(js|ts|py)$/, "");
  const elsewhere = issues.filter(({ failing, truth }) =>
    failing.every((name) => truth.every(({ path }) => stem(path) !== stem(name.split("::")[0]!))),
  );
  assert.ok(elsewhere.length > issues.length / 2, `${elsewhere.length} of ${issues.length}`);
});

test("options choose a language or a repository", () => {
  for (const language of ["javascript", "python"] as const) {
    const chosen = loadRepoIssues({ language });
    assert.ok(chosen.length > 0 && chosen.every((issue) => issue.language === language));
  }
  assert.deepEqual(
    loadRepoIssues({ repo: "ledgerbill" }).map(({ id }) => id),
    issues.filter(({ repo }) => repo === "ledgerbill").map(({ id }) => id),
  );
  assert.throws(() => loadRepoIssues({ repo: "none" }), PawlError);
});

for (const issue of issues) {
  test(`${issue.id} is well formed`, () => {
    const { files, fixed, hidden, truth, failing } = issue;
    const code = Object.keys(files).filter(isCode);
    assert.ok(code.length >= 12 && code.length <= 30, `${code.length} files`);
    assert.ok(new Set(code.map((path) => path.split("/").slice(0, -1).join("/"))).size >= 3, "a few folders");
    assert.ok(code.filter(isTest).length >= 6);
    assert.ok(truth.length >= 1 && truth.length <= 2);
    assert.deepEqual([...new Set(truth.map(({ path }) => path))].toSorted(), Object.keys(fixed).toSorted());
    for (const [path, text] of Object.entries(fixed)) assert.notEqual(files[path], text);
    for (const { path, symbol, line, endLine } of truth) {
      assert.ok(!isTest(path));
      const lines = files[path]!.split("\n");
      assert.ok(line >= 1 && line <= endLine && endLine <= lines.length);
      assert.equal(symbolAt(path, lines, line), symbol, `line ${line} of ${path}`);
    }
    assert.ok(failing.length >= 1 && failing.length <= 3, `${failing.length} visible tests fail`);
    if (issue.weak) assert.equal(failing.length, 1);
    assert.ok(failing.every((name) => isTest(name.split("::")[0]!)));
    const titles = Object.values(hidden).flatMap((text) => text.match(/^test\(|^def test_/gm) ?? []);
    assert.ok(titles.length >= 2 && titles.length <= 5, `${titles.length} hidden tests`);
    for (const [path, text] of Object.entries(hidden)) {
      assert.ok(isTest(path) && !(path in files));
      assert.ok(!Object.values(files).includes(text));
    }
    assert.ok(!Object.keys(files).some((path) => path.includes("hidden")));
  });

  test(`${issue.id} is reported in two ways`, () => {
    const { helpful, misleading } = issue.issue;
    assert.notEqual(helpful, misleading);
    for (const text of [helpful, misleading]) assert.ok(text.startsWith("# ") && text.length > 150);
    const paths = issue.truth.map(({ path }) => path);
    assert.ok(names(issue).some((name) => mentions(helpful, name)) || paths.some((path) => helpful.includes(path)));
    for (const name of names(issue)) assert.ok(!mentions(misleading, name), `misleading names ${name}`);
    assert.ok(!/\w+\.(js|ts|py)\b/.test(misleading), "misleading names a file");
    const code = Object.entries(issue.files).filter(([path]) => isCode(path) && !paths.includes(path));
    const words = new Set(misleading.match(/[A-Za-z_][A-Za-z0-9_]{3,}/g) ?? []);
    const innocent = code.flatMap(([, text]) => [...text.matchAll(/(?:function\*?|class|def|const) (\w{4,})/g)]);
    assert.ok(
      innocent.some(([, name]) => words.has(name!)),
      "misleading mentions nothing of the innocent code",
    );
  });
}

test("an issue is written to an empty folder, its hidden tests only when asked for", () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-repo-issue-"));
  try {
    const [issue] = issues;
    writeRepoIssue(issue!, folder);
    for (const [path, text] of Object.entries(issue!.files))
      assert.equal(readFileSync(join(folder, path), "utf8"), text);
    const [hidden] = Object.keys(issue!.hidden);
    assert.throws(() => readFileSync(join(folder, hidden!)));
    assert.throws(() => writeRepoIssue(issue!, folder), /not empty/);
    writeHidden(issue!, folder);
    assert.equal(readFileSync(join(folder, hidden!), "utf8"), issue!.hidden[hidden!]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("errors in the data name the file and what to do", () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-repo-issue-"));
  const put = (path: string, text: string): void => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const edit = { file: "a.js", symbol: "f", before: "1", after: "2" };
  const issueFile = { edits: [edit], failing: ["a.test.js::t"], weak: false };
  const refused = (what: RegExp, change: object): void => {
    put("r/issues/i/issue.json", JSON.stringify({ ...issueFile, ...change }));
    assert.throws(
      () => loadRepoIssues({ root }),
      (error) =>
        error instanceof PawlError &&
        what.test(error.message) &&
        error.message.includes("issue.json") &&
        error.todo !== "",
    );
  };
  try {
    put("r/repo.json", '{"language":"javascript"}');
    put("r/base/a.js", "export const f = () => 1;\n");
    put("r/base/a.test.js", "test('t')\n");
    put("r/issues/i/helpful.md", "# h\n");
    put("r/issues/i/misleading.md", "# m\n");
    put("r/issues/i/hidden/h.test.js", "test('h')\n");
    put("r/issues/i/issue.json", JSON.stringify(issueFile));
    assert.deepEqual(loadRepoIssues({ root })[0]!.truth, [{ path: "a.js", symbol: "f", line: 1, endLine: 1 }]);
    refused(/occurs 0 times/, { edits: [{ ...edit, before: "nothing" }] });
    refused(/not in base/, { edits: [{ ...edit, file: "b.js" }] });
    refused(/changes nothing/, { edits: [{ ...edit, after: "1" }] });
    refused(/failing test/, { failing: ["a.test.js::other"] });
    refused(/weak/, { weak: "no" });
    refused(/unknown "note"/, { note: "" });
  } finally {
    rmSync(root, { recursive: true });
  }
});
