import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Languages } from "@pawl/propose";
import { openSandbox, probeSandbox } from "@pawl/verify";
import { loadRepoIssues, loadSpeedCorpus, type RepoIssue, type SpeedTask } from "@pawl/worlds";
import { IssueProject } from "./issue-project.ts";
import { openPackingBench } from "./packing-bench.ts";
import { SpeedBench } from "./speed-bench.ts";

const skip = (await probeSandbox()).some(({ works }) => works) ? false : "no sandbox works here";
const aborted = AbortSignal.abort();

const OPENINGS: Readonly<Record<string, () => Promise<unknown>>> = {
  "a function of the code-speed world": () =>
    SpeedBench.open(loadSpeedCorpus().find(({ language }) => language === "javascript") as SpeedTask, aborted),
  "bin packing": () => openPackingBench("bin-packing-weibull", aborted),
  "a repository with an issue": async () =>
    IssueProject.open(
      loadRepoIssues({ language: "javascript" })[0] as RepoIssue,
      await openSandbox(),
      await Languages.load(),
      aborted,
    ),
};

for (const [what, open] of Object.entries(OPENINGS))
  test(`what was opened of ${what} is given back when the opening is interrupted`, { skip }, async () => {
    const before = process.env["TMPDIR"];
    const folder = mkdtempSync(join(tmpdir(), "pawl-opening-"));
    process.env["TMPDIR"] = folder;
    try {
      await assert.rejects(open(), { name: "AbortError" });
      // The sandbox's own folder goes when the process ends.
      assert.deepEqual(
        readdirSync(folder).filter((name) => !name.startsWith("pawl-box-")),
        [],
      );
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(folder, { recursive: true, force: true });
    }
  });
