import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  Target,
  type Check,
  type Gate,
  type RunEvent,
  type Search,
  type Verdict,
} from "@pawl/core";
import { PersonExpert, ScriptedExpert, type SpeedTrial } from "../critics/expert-critic.ts";
import { Languages } from "../syntax/languages.ts";
import { ExpertProposer, withAnswer, withOutcome, type ExpertAnswer, type ExpertDesk } from "./expert-proposer.ts";
import { FAMILY_OF, familiesIn } from "./families.ts";
import { SpeedProposer } from "./proposer.ts";

const languages = await Languages.load();
const PATH = "a.js";
/** Rewrites of several families apply. */
const SOURCE = `export function f(a, b) {
  const out = [];
  for (const x of a) {
    if (b.includes(x) && !out.includes(x)) out.push([...x].sort()[0]);
  }
  const n = out.filter((x) => x > 1).length > 0;
  return n ? JSON.parse(JSON.stringify(out)) : [...out].length;
}
`;

/** Lookups make it twice as fast, copies slower; everything else changes nothing. */
function verdictOf(text: string): Verdict {
  const cpuMs = text.includes("bSet") ? 5 : text.includes("structuredClone") ? 20 : 10;
  return {
    status: "passed",
    scores: { logCpu: [Math.log(cpuMs)], cpuMs: [cpuMs], "cpuMs:dense": [cpuMs / 2], "cpuMs:sparse": [cpuMs / 2] },
    feedback: [],
    cost: { wallMs: 0, cpuMs },
    evidence: [],
  };
}

const check: Check = {
  id: "speed",
  deterministic: true,
  screen: async ({ files }) => verdictOf(files[PATH] ?? SOURCE),
  confirm: async ({ files }) => verdictOf(files[PATH] ?? SOURCE),
  close: async () => {},
};

const fromBase: Search = {
  id: "base",
  ask: (view) => ({ parent: view.base.candidate.id, edits: 1, temperature: 0 }),
  tell: () => {},
  exhausted: () => {},
  done: () => false,
  state: () => null,
};

function play(options: { readonly desk?: ExpertDesk; readonly scripted?: true }, record: readonly RunEvent[] = []) {
  const target = new Target({ [PATH]: SOURCE }, "tree");
  const even = SOURCE.split("\n").map(() => 1);
  const inner = new SpeedProposer({ languages, sources: { [PATH]: SOURCE }, heat: { [PATH]: even } });
  const { desk } = options;
  const expert = options.scripted === true ? new ScriptedExpert({ hottest: `${PATH}:4` }) : new PersonExpert();
  const proposer = new ExpertProposer({ inner, expert, score: "cpuMs", ...(desk === undefined ? {} : { desk }) });
  const fitness = ({ scores }: Verdict): number | null =>
    scores["logCpu"] === undefined ? null : -scores["logCpu"][0]!;
  const gate: Gate = {
    fitness,
    promising: ({ verdict }) => (fitness(verdict) ?? -Infinity) > -Math.log(10),
    async confirm(submission, _archive, signal) {
      const verdict = withOutcome(await check.confirm(submission, signal), true);
      if (desk === undefined) return { verdict, kept: true, reason: "" };
      const trial: SpeedTrial = { summary: "", wrong: null, ratio: 2, ratios: {}, kept: true };
      const answer = await desk.review(trial, true, signal);
      return { verdict: withAnswer(verdict, answer), kept: answer.decision === "keep", reason: answer.decision };
    },
    satisfied: () => null,
  };
  const events: RunEvent[] = [...record];
  const journal = new Journal(record, { append: (event) => void events.push(event as RunEvent) });
  const loop = runLoop({
    target,
    check,
    gate,
    search: fromBase,
    proposer,
    base: judgedBase(target, verdictOf(SOURCE), gate),
    journal,
    budget: new Budget({ evaluations: 10 }),
    seed: 1,
    window: 1,
    elapsed: () => 0,
    signal: new AbortController().signal,
  });
  return loop.then((result) => ({
    events,
    proposer,
    kept: result.kept.length,
    summaries: Array.from(
      { length: result.archive.size - 1 },
      (_, i) => result.archive.at(i + 1).candidate.origin.summary,
    ),
    last: result.archive,
  }));
}

test("the scripted expert hears of every verdict and turns away from a family that failed twice", async () => {
  const { proposer, summaries } = await play({ scripted: true });
  assert.equal(proposer.words.length, summaries.length);
  const streak: string[] = [];
  const failed = new Map<string, number>();
  summaries.forEach((summary, i) => {
    const families = familiesIn(summary);
    assert.ok(families.length > 0, summary);
    for (const family of families) {
      const before = failed.get(family) ?? 0;
      if (before >= 2) streak.push(summary);
      failed.set(family, proposer.words[i]?.keep === true ? 0 : before + 1);
    }
  });
  // Only once every other family has nothing left either.
  const families = new Set(Object.values(FAMILY_OF));
  const firstAgain = summaries.indexOf(streak[0] ?? "");
  const before = new Set(summaries.slice(0, firstAgain === -1 ? undefined : firstAgain).flatMap(familiesIn));
  assert.ok(before.size >= 3 && families.size > before.size, [...before].join());
});

test("a person is asked about every measured proposal once; a veto takes it out, a hint says where to go on", async () => {
  const asked: { readonly trial: SpeedTrial; readonly choice: boolean }[] = [];
  const desk: ExpertDesk = {
    async review(trial, choice): Promise<ExpertAnswer> {
      asked.push({ trial, choice });
      return choice ? { decision: "veto", families: ["copy"] } : { decision: "keep", families: null };
    },
  };
  const first = await play({ desk });
  assert.equal(first.kept, 0);
  const choices = asked.filter(({ choice }) => choice).length;
  assert.ok(choices > 0);
  // The last one is not asked about: nothing comes after it.
  assert.ok(asked.length >= first.summaries.length - 1 && asked.length <= first.summaries.length);
  const vetoed = first.summaries.findIndex((_, i) => first.last.at(i + 1).verdict.status === "failed");
  assert.deepEqual(first.last.at(vetoed + 1).verdict.scores, {});
  assert.deepEqual(familiesIn(first.summaries[vetoed + 1] ?? ""), ["copy"]);
  const measured = asked.filter(({ choice }) => !choice);
  assert.ok(
    measured.every(({ trial }) => trial.ratio !== null && Object.keys(trial.ratios ?? {}).join() === "dense,sparse"),
  );
  // Executed again over its record, the run asks nobody and comes out the same.
  const nobody: ExpertDesk = { review: () => Promise.reject(new Error("asked again")) };
  const again = await play({ desk: nobody }, first.events);
  assert.deepEqual(again.summaries, first.summaries);
});
