import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FunctionCheck } from "../src/function-check.ts";
import type { Sandbox } from "../src/sandbox.ts";
import { SCORE, ScoreCheck, type ScoreCheckOptions } from "../src/score-check.ts";
import { removeSnapshot, takeSnapshot } from "../src/snapshot.ts";
import { adapterFor } from "../src/suites/adapters.ts";
import { TestSuiteCheck } from "../src/suites/check.ts";
import { discoverTests } from "../src/suites/discover.ts";
import type { Arena } from "./arena.ts";
import { type AttackedProject, callCases, SCORES, SUITES } from "./projects.ts";
import type { Place } from "./source.ts";
import type { Attacked } from "./trial.ts";
import type { CheckKind } from "./types.ts";

const PACKAGES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  vitest: ["vitest", "vite"],
  jest: ["jest"],
  mocha: ["mocha"],
};
const signal = new AbortController().signal;
const MOST_RIGHT = 5;

/** A judge that has not been opened yet. */
export interface JudgeKind {
  readonly name: string;
  readonly kind: CheckKind;
  readonly language: "javascript" | "python";
  open(sandbox: Sandbox, arena: Arena): Promise<Attacked>;
}

/** Every check and every test runner that this machine has the parts for. */
export function judgeKinds(): readonly JudgeKind[] {
  const languages = [
    ["JavaScript", "javascript"],
    ["Python", "python"],
  ] as const;
  const suites = Object.entries(SUITES).filter(([name]) =>
    (NEEDS[name] ?? []).every((needed) => existsSync(join(PACKAGES, needed, "package.json"))),
  );
  return [
    ...languages.map(([name, language]): JudgeKind => ({
      name: `function, ${name}`,
      kind: "function",
      language,
      open: (sandbox, arena) => functionJudge(`function, ${name}`, SCORES[language], sandbox, arena),
    })),
    ...languages.flatMap(([name, language]) =>
      (["function", "command"] as const).map((how): JudgeKind => ({
        name: `score by ${how}, ${name}`,
        kind: "score",
        language,
        open: (sandbox, arena) => scoreJudge(`score by ${how}, ${name}`, how, SCORES[language], sandbox, arena),
      })),
    ),
    ...suites.map(([name, project]): JudgeKind => ({
      name: `tests, ${name}`,
      kind: "suite",
      language: project.language,
      open: (sandbox, arena) => suiteJudge(`tests, ${name}`, project, sandbox, arena),
    })),
  ];
}

/** A project on the disk of this machine, and its snapshot. */
async function settle({ files, source, test }: Pick<AttackedProject, "files" | "source" | "test">, arena: Arena) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-attacked-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(PACKAGES, join(root, "node_modules"));
  const snapshot = await takeSnapshot(root);
  const place: Place = { ...arena.place, root, source, test };
  const remove = async (): Promise<void> => {
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  };
  return { root, snapshot, place, remove };
}

async function functionJudge(
  name: string,
  project: Omit<AttackedProject, "heldOut">,
  sandbox: Sandbox,
  arena: Arena,
): Promise<Attacked> {
  const { snapshot, place, remove } = await settle(project, arena);
  const limits = { sandbox, snapshot, lanes: 1, timeoutMs: 1500, confirmTimeoutMs: 4000 };
  const check = new FunctionCheck({ ...limits, judge: { module: project.source, cases: callCases(false) } });
  const hidden = new FunctionCheck({ ...limits, judge: { module: project.source, cases: callCases(true) } });
  return {
    name,
    project,
    place,
    screen: (submission) => check.screen(submission, signal),
    confirm: (submission) => check.confirm(submission, signal),
    heldOut: (submission) => hidden.confirm(submission, signal),
    isBest: ({ status }) => status === "passed",
    close: async () => {
      await check.close();
      await hidden.close();
      await remove();
    },
  };
}

async function scoreJudge(
  name: string,
  how: "function" | "command",
  project: Omit<AttackedProject, "heldOut">,
  sandbox: Sandbox,
  arena: Arena,
): Promise<Attacked> {
  const { snapshot, place, remove } = await settle(project, arena);
  const score: ScoreCheckOptions["score"] =
    how === "function" ? { module: project.test, export: "score" } : { argv: project.command.split(" ") };
  const check = new ScoreCheck({ sandbox, snapshot, score, lanes: 1, timeoutMs: 4000 });
  return {
    name,
    project,
    place,
    screen: how === "function" ? (submission) => check.screen(submission, signal) : null,
    confirm: (submission) => check.confirm(submission, signal),
    heldOut: null,
    isBest: ({ status, scores }) => status === "passed" && (scores[SCORE]?.[0] ?? 0) >= MOST_RIGHT,
    close: async () => {
      await check.close();
      await remove();
    },
  };
}

async function suiteJudge(
  name: string,
  project: (typeof SUITES)[string],
  sandbox: Sandbox,
  arena: Arena,
): Promise<Attacked> {
  const { root, snapshot, place, remove } = await settle(project, arena);
  const context = { sandbox, snapshot, command: discoverTests(root, project.command).command };
  const { check, baseline } = await TestSuiteCheck.create(context, adapterFor(project.runner), {
    lanes: 1,
    sources: [project.source],
    holdOut: ({ failing, passing }) =>
      [...failing, ...passing].filter((id) => project.heldOut.some((held) => id.endsWith(` > ${held}`))),
  });
  if (baseline.failing.length + baseline.passing.length === 0) throw new Error(`${name}: the baseline has no tests`);
  return {
    name,
    project,
    place,
    screen: (submission) => check.screen(submission, signal),
    confirm: (submission) => check.confirm(submission, signal),
    heldOut: project.heldOut.length === 0 ? null : (submission) => check.runHeldOut(submission, signal),
    isBest: ({ status }) => status === "passed",
    close: async () => {
      await check.close();
      await remove();
    },
  };
}
