import {
  Archive,
  isData,
  unjudged,
  type ArchiveEntry,
  type Candidate,
  type EditNote,
  type Feedback,
  type JudgedData,
  type JudgedMeta,
  type RunEvent,
  type Target,
} from "@pawl/core";
import { FINALISTS } from "../fix-finalists.ts";
import { patchOfCandidate } from "../patch.ts";
import { observed, targetOf, type ProjectRecord, type RecordedRun } from "../record.ts";
import { byPlausibility } from "../select.ts";
import type { Store } from "@pawl/core";
import type { Goal } from "./goal.ts";

/** One candidate of a run and what is known of it. */
export interface Attempt {
  readonly run: string;
  readonly candidate: string;
  readonly n: number;
  /** Unified diff against the files of the prompt. */
  readonly patch: string;
  readonly files: readonly string[];
  readonly parents: readonly string[];
  /** `confirmed`: the check's last word, from a fresh box. `screened`: the quick one, which may be wrong. */
  readonly stage: "confirmed" | "screened";
  /** True: better than the code as it was. False: worse, or no better. Null: nobody knows. */
  readonly good: boolean | null;
  /** What the run reported as its result. */
  readonly chosen: boolean;
  readonly status: string;
  /** 1 or 0 for tests; for scores the gain over the start, higher is better; null when there is none. */
  readonly reward: number | null;
  /** Repetitions of that gain, for comparing two attempts. */
  readonly gains: readonly number[];
  /** Evidence of the tests that the search was shown; never of held-out ones. */
  readonly feedback: readonly Feedback[];
  readonly reason: string;
  readonly summary: string;
  readonly edits: readonly EditNote[];
  readonly proposer: string;
  /** What a model wrote for it, word for word; empty when no model did. */
  readonly answer: string;
  /** Mean log-probability of a token of that answer; null where no model told it. */
  readonly logProbability: number | null;
}

/** Candidates of a run with a verdict that is data, in order. Tampering and faults of the machine are never data. */
export function attemptsOf(store: Store, run: RecordedRun, project: ProjectRecord, goal: Goal): readonly Attempt[] {
  const target = targetOf(project);
  const heldOut = heldOutFailures(store, run, target);
  const answers = answersOf(store, run.events);
  const last = new Map<string, { readonly event: Judged; readonly n: number }>();
  for (const event of run.events)
    if (event.type === "judged" || event.type === "confirmed")
      last.set(event.data.candidate, { event, n: event.data.n });
  const attempts: Attempt[] = [];
  for (const [id, { event, n }] of last) {
    const candidate = run.candidates.get(id);
    if (candidate === undefined || !isData({ status: event.data.status } as Parameters<typeof isData>[0])) continue;
    const gains = goal.gains(event.data.scores);
    const chosen = run.best?.id === id && event.type === "confirmed" && event.data.kept && goal.reached;
    attempts.push({
      run: run.id,
      candidate: id,
      n,
      patch: patchOfCandidate(target, candidate),
      files: candidate.changes.map((change) => change.path),
      parents: candidate.parents,
      stage: event.type === "confirmed" ? "confirmed" : "screened",
      good: judgement(event, goal, heldOut.get(id), gains),
      chosen,
      status: event.data.status,
      reward: null,
      gains,
      feedback: event.meta?.feedback ?? [],
      reason: event.type === "confirmed" ? event.data.reason : "",
      summary: candidate.origin.summary,
      edits: candidate.origin.edits ?? [],
      proposer: candidate.origin.proposer,
      answer: answers.get(n) ?? "",
      logProbability: candidate.origin.answer?.meanLogProbability ?? null,
    });
  }
  return attempts.map((attempt) => ({ ...attempt, reward: rewardOf(attempt, goal) }));
}

type Judged = Extract<RunEvent, { type: "judged" | "confirmed" }>;

/** @param heldOut failures among the held-out tests; undefined when they were not opened for this candidate */
function judgement(event: Judged, goal: Goal, heldOut: number | undefined, gains: readonly number[]): boolean | null {
  const { status } = event.data;
  if (status !== "passed") return false;
  if (event.type === "judged") return goal.kind === "tests" ? null : clearlyNotBetter(gains);
  if (goal.kind === "tests") {
    if (!event.data.kept) return false;
    if (goal.heldOut.length === 0) return true;
    return heldOut === undefined ? null : heldOut === 0;
  }
  return event.data.kept ? true : clearlyNotBetter(gains);
}

/** False when no repetition gains anything; null when they do not agree, or all gain and yet it was not kept. */
function clearlyNotBetter(gains: readonly number[]): false | null {
  return gains.length > 0 && gains.every((gain) => gain <= 0) ? false : null;
}

function rewardOf({ good, gains, status }: Attempt, goal: Goal): number | null {
  if (goal.kind === "tests") return good === null ? null : Number(good);
  if (gains.length > 0) return round(gains.reduce((sum, gain) => sum + gain, 0) / gains.length);
  return status === "passed" ? null : goal.worst;
}

/** Failures among the held-out tests of the candidates for which they were opened: those that `fix` took for the likeliest. */
function heldOutFailures(store: Store, run: RecordedRun, target: Target): ReadonlyMap<string, number> {
  const counts = observed(store, run.events, "held-out") as readonly number[] | null;
  if (counts === null) return new Map();
  const archive = new Archive(unjudged(target.base));
  const kept: string[] = [];
  for (const event of run.events) {
    if (event.type !== "judged" && event.type !== "confirmed") continue;
    const candidate = run.candidates.get(event.data.candidate) as Candidate;
    archive.add({ ...unjudged(candidate), verdict: verdictOf(event.data, event.meta) });
    if (event.type === "confirmed" && event.data.kept) kept.push(candidate.id);
  }
  const finalists = kept
    .map((id) => archive.get(id) as ArchiveEntry)
    .sort(byPlausibility(archive))
    .slice(0, FINALISTS);
  return new Map(finalists.map((entry, i) => [entry.candidate.id, counts[i] ?? Number.POSITIVE_INFINITY]));
}

function verdictOf(data: JudgedData, meta: JudgedMeta | undefined): ReturnType<typeof unjudged>["verdict"] {
  return {
    status: data.status,
    scores: data.scores,
    feedback: meta?.feedback ?? [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  };
}

/** Texts of the answers by request; the last one counts, since earlier ones did not apply. */
function answersOf(store: Store, events: readonly RunEvent[]): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  for (const event of events) {
    if (event.type !== "answered" || event.data.value === undefined) continue;
    let value = event.data.value;
    if (value !== null && typeof value === "object" && "$blob" in value)
      value = JSON.parse(Buffer.from(store.getBlob(value.$blob as string)).toString("utf8")) as typeof value;
    const text = value !== null && typeof value === "object" && "text" in value ? value.text : value;
    if (typeof text === "string") texts.set(event.data.n, text);
  }
  return texts;
}

function round(value: number): number {
  return Number(value.toPrecision(8));
}
