import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { loadRepoIssues, repoNames, writeHidden, writeRepoIssue, type RepoIssue } from "./index.ts";

/** Runs all repositories, correct and faulty: slow, so only with PAWL_SLOW=1. */
const skip = process.env["PAWL_SLOW"] === "1" ? false : "PAWL_SLOW=1 is not set";
const noPytest = !skip && spawnSync("python3", ["-m", "pytest", "--version"]).status !== 0;

/** Run the tests of a tree; whether each passes, by `path::title`. */
async function runTests(folder: string, language: RepoIssue["language"]): Promise<Map<string, boolean>> {
  const python = language === "python";
  const report = join(folder, ".report.xml");
  const [command, args] = python
    ? ["python3", ["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junitxml=${report}`]]
    : [
        process.execPath,
        ["--test", "--test-isolation=none", "--test-reporter=junit", `--test-reporter-destination=${report}`],
      ];
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(command, args, {
    cwd: folder,
    stdio: "ignore",
    timeout: 60_000,
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const outcomes = new Map<string, boolean>();
  for (const [, attributes = "", end, body = ""] of readFileSync(report, "utf8").matchAll(
    /<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const field = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    const file = python
      ? `${field("classname").replaceAll(".", "/")}.py`
      : relative(folder, field("file")).replaceAll("\\", "/");
    outcomes.set(`${file}::${unescape(field("name"))}`, end === "/>" || !/<(failure|error)\b/.test(body));
  }
  return outcomes;
}

function unescape(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "pawl-repo-issue-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const failed = (outcomes: ReadonlyMap<string, boolean>): string[] =>
  [...outcomes]
    .filter(([, passes]) => !passes)
    .map(([name]) => name)
    .toSorted();

describe("repositories that run", { skip, concurrency: 2 }, () => {
  for (const repo of repoNames()) {
    test(`the tests of ${repo} fail on the faulty trees as stated, and on the correct one none`, async (t) => {
      const issues = loadRepoIssues({ repo });
      const { language } = issues[0]!;
      if (language === "python" && noPytest) return t.skip("pytest not found");
      const correct = { ...issues[0]!.files, ...issues[0]!.fixed };
      await inFolder(async (folder) => {
        writeRepoIssue({ ...issues[0]!, files: correct }, folder);
        for (const issue of issues) writeHidden(issue, folder);
        const outcomes = await runTests(folder, language);
        assert.deepEqual(failed(outcomes), [], "tests fail on the correct tree");
        assert.ok(outcomes.size > 20, `only ${outcomes.size} tests ran`);
      });
      for (const issue of issues) {
        // The fixed files of every issue lead back to the same correct tree.
        assert.deepEqual({ ...issue.files, ...issue.fixed }, correct, issue.id);
        await inFolder(async (folder) => {
          writeRepoIssue(issue, folder);
          writeHidden(issue, folder);
          const outcomes = await runTests(folder, language);
          const isHidden = (name: string): boolean => Object.hasOwn(issue.hidden, name.split("::")[0]!);
          const hidden = [...outcomes].filter(([name]) => isHidden(name));
          assert.ok(hidden.length >= 2, `${issue.id}: ${hidden.length} hidden tests ran`);
          for (const [name, passes] of hidden) assert.ok(!passes, `${issue.id}: ${name} passes on the faulty tree`);
          assert.deepEqual(
            failed(outcomes).filter((name) => !isHidden(name)),
            issue.failing.toSorted(),
            issue.id,
          );
        });
      }
    });
  }
});
