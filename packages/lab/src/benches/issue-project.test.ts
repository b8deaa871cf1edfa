import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MachineError, type Candidate } from "@pawl/core";
import { Languages } from "@pawl/propose";
import { openSandbox, probeSandbox, type Sandbox } from "@pawl/verify";
import type { RepoIssue } from "@pawl/worlds";
import { IssueProject } from "./issue-project.ts";

const skip = (await probeSandbox()).some(({ works }) => works) ? false : "no sandbox works here";
const { signal } = new AbortController();

const FAULTY = "export const half = (n) => n / 3;\n";
const testOf = (...cases: readonly (readonly [n: number, half: number])[]): string =>
  [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { half } from "../half.js";',
    ...cases.map(([n, value]) => `test("half of ${n}", () => assert.equal(half(${n}), ${value}));`),
    "",
  ].join("\n");
const ISSUE: RepoIssue = {
  id: "halves",
  repo: "halves",
  language: "javascript",
  files: {
    "package.json": '{"name":"halves","type":"module","scripts":{"test":"node --test"}}\n',
    "half.js": FAULTY,
    "test/half.test.js": testOf([4, 2]),
  },
  hidden: { "test/hidden.test.js": testOf([8, 4], [10, 5]) },
  fixed: { "half.js": FAULTY.replace("3", "2") },
  issue: { helpful: "half is wrong", misleading: "numbers are wrong" },
  truth: [{ path: "half.js", symbol: "half", line: 1, endLine: 1 }],
  failing: ["test/half.test.js::half of 4"],
  weak: true,
};

/** What becomes of the next fresh boxes: the machine fails, or the tests are cut short. */
let next: ("fault" | "cut")[] = [];

function faulty(inner: Sandbox): Sandbox {
  return {
    isolation: inner.isolation,
    ownSpace: inner.ownSpace,
    boundsWhole: inner.boundsWhole,
    start: (...box) => inner.start(...box),
    async run(contents, command, limits, of) {
      const fate = next.shift();
      if (fate === "fault") throw new Error("no box could be made");
      if (fate === undefined) return inner.run(contents, command, limits, of);
      return { ...(await inner.run(contents, { argv: ["true"] }, limits, of)), exitCode: null, signal: "SIGKILL" };
    },
  };
}

describe("a repository under a machine with faults", { skip }, () => {
  let project: IssueProject;
  let made = 0;
  before(async () => {
    project = await IssueProject.open(ISSUE, faulty(await openSandbox()), await Languages.load(), signal);
  });
  after(() => project.close());

  /** A patch that nothing is known of yet. */
  function patch(text: string): Candidate {
    const { target } = project.parts;
    const edits = { "half.js": [{ start: 0, end: FAULTY.length, text: `${text} // ${made++}\n` }] };
    const derived = target.derive(target.base, edits, { proposer: "test", summary: "a patch", mechanical: true });
    assert.ok("candidate" in derived);
    return derived.candidate;
  }
  const right = (): Candidate => patch("export const half = (n) => n / 2;");
  /** Passes the visible test and one of the two hidden ones. */
  const fitted = (): Candidate => patch("export const half = (n) => (n > 8 ? 0 : n / 2);");

  test("the tests every patch is judged by are none when their run is cut short twice, and all of them when it is once", async () => {
    next = ["cut", "cut"];
    await assert.rejects(project.passesHidden(fitted(), signal), MachineError);
    next = ["cut"];
    assert.equal(await project.passesHidden(fitted(), signal), false);
    assert.equal(await project.passesHidden(right(), signal), true);
  });

  test("a patch is asked again after a fault of the machine; after two there is no answer, and none is remembered", async () => {
    const [once, twice] = [right(), right()];
    next = ["fault"];
    assert.equal((await project.confirm(once, signal)).status, "passed");
    next = ["fault", "fault"];
    assert.equal((await project.confirm(twice, signal)).status, "infrastructure");
    assert.equal((await project.confirm(twice, signal)).status, "passed");

    next = ["fault"];
    assert.equal(await project.passesHidden(once, signal), true);
    next = ["fault", "fault"];
    assert.equal(await project.passesHidden(twice, signal), null);
    assert.equal(await project.passesHidden(twice, signal), true);
  });

  test("hidden tests of a patch that are cut short once are run again; twice, they do not pass", async () => {
    next = ["cut"];
    assert.equal(await project.passesHidden(right(), signal), true);
    next = ["cut", "cut"];
    assert.equal(await project.passesHidden(right(), signal), false);
  });
});
