import { type Candidate, type RunEvent, type Target, type Verdict } from "@pawl/core";
import { BUGS, classifyBug, codeMetrics, Languages, type BugId, type CodeMetrics } from "@pawl/propose";
import type { FixPlan } from "./fix-plan.ts";
import { observed, openExisting, readRun, targetOf } from "./record.ts";

/** The kinds of mistakes a run made, and what repaired them: read from its record. */
export interface BugReport {
  readonly run: string;
  /** Candidates that were judged, and those of them that failed. */
  readonly judged: number;
  readonly failed: number;
  /** Label of the program the run started from; null when its tests are not on record. */
  readonly base: BugId | null;
  /** The most common first. */
  readonly bugs: readonly BugLine[];
  /** By `passed` and `failed`: means over the candidates of what their changed files have more than the base's. */
  readonly sizes: Readonly<Partial<Record<"passed" | "failed", CodeMetrics>>>;
  /** Every failed candidate, in order. */
  readonly attempts: readonly LabelledAttempt[];
}

export interface BugLine {
  readonly id: BugId;
  readonly name: string;
  /** Failed candidates with this label, by who made them. */
  readonly madeBy: Readonly<Record<string, number>>;
  /** Operators of candidates that passed, made from a program with this label; of a model's candidates, the model's name. */
  readonly repairedBy: Readonly<Record<string, number>>;
}

export interface LabelledAttempt {
  readonly n: number;
  readonly candidate: string;
  readonly bug: BugId;
  /** The words of the verdict it was read from. */
  readonly because: string;
}

export async function bugsOf(state: string, id: string): Promise<BugReport> {
  const store = openExisting(state);
  try {
    const { events, candidates, project } = readRun(store, id);
    const verdicts = verdictsOf(events);
    const base = baseLabel(observed(store, events, "project") as unknown as Partial<FixPlan> | null);
    const attempts = attemptsOf(verdicts);
    const labels = new Map(attempts.map(({ candidate, bug }) => [candidate, bug]));
    const parentOf = new Map(
      events.flatMap((event) =>
        event.type === "proposed" ? [[event.data.candidate.id, event.data.request.parent] as const] : [],
      ),
    );
    const lines = new Map<BugId, { madeBy: Record<string, number>; repairedBy: Record<string, number> }>();
    const lineOf = (bug: BugId): { madeBy: Record<string, number>; repairedBy: Record<string, number> } => {
      const line = lines.get(bug) ?? { madeBy: {}, repairedBy: {} };
      lines.set(bug, line);
      return line;
    };
    for (const [candidateId, { verdict }] of verdicts) {
      const candidate = candidates.get(candidateId);
      if (candidate === undefined) continue;
      const label = labels.get(candidateId);
      if (label !== undefined) countUp(lineOf(label).madeBy, candidate.origin.proposer);
      if (verdict.status !== "passed") continue;
      const parent = parentOf.get(candidateId) ?? "";
      const repaired = candidates.has(parent) ? labels.get(parent) : base;
      if (repaired === undefined || repaired === null) continue;
      const { edits, proposer } = candidate.origin;
      for (const name of edits?.map(({ operator }) => operator) ?? [proposer])
        countUp(lineOf(repaired).repairedBy, name);
    }
    const total = ({ madeBy }: BugLine): number => Object.values(madeBy).reduce((sum, count) => sum + count, 0);
    const target = project === null ? null : targetOf(project);
    return {
      run: id,
      judged: verdicts.size,
      failed: attempts.length,
      base,
      bugs: [...lines]
        .map(([bug, line]) => ({ id: bug, name: BUGS[bug], ...line }))
        .toSorted((a, b) => total(b) - total(a) || (a.id < b.id ? -1 : 1)),
      sizes: target === null ? {} : await sizesOf(target, candidates, verdicts),
      attempts,
    };
  } finally {
    store.close();
  }
}

type Judged = ReadonlyMap<string, { readonly n: number; readonly verdict: Verdict }>;

/** The last word on each candidate. */
function verdictsOf(events: readonly RunEvent[]): Judged {
  const verdicts = new Map<string, { n: number; verdict: Verdict }>();
  for (const event of events) {
    if (event.type !== "judged" && event.type !== "confirmed") continue;
    const { n, candidate, status, scores, failing } = event.data;
    const { feedback = [], cost = { wallMs: 0, cpuMs: 0 }, evidence = [] } = event.meta ?? {};
    const verdict = { status, scores, feedback, cost, evidence, ...(failing === undefined ? {} : { failing }) };
    verdicts.set(candidate, { n, verdict });
  }
  return verdicts;
}

function attemptsOf(verdicts: Judged): LabelledAttempt[] {
  return [...verdicts].flatMap(([candidate, { n, verdict }]) => {
    const bug = classifyBug(verdict);
    return bug === null ? [] : [{ n, candidate, bug: bug.id, because: bug.because }];
  });
}

function baseLabel(plan: Partial<FixPlan> | null): BugId | null {
  const failing = new Set(plan?.split?.failing ?? []);
  const tests = (plan?.baseline?.report.tests ?? []).filter(({ id }) => failing.has(id));
  if (tests.length === 0) return null;
  const feedback = tests.map(({ id, message = "failed", expected, actual }) => ({
    kind: "test" as const,
    name: id,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  }));
  const bug = classifyBug({ status: "failed", scores: {}, feedback, cost: { wallMs: 0, cpuMs: 0 }, evidence: [] });
  return bug?.id ?? null;
}

function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

async function sizesOf(
  target: Target,
  candidates: ReadonlyMap<string, Candidate>,
  verdicts: Judged,
): Promise<BugReport["sizes"]> {
  const languages = await Languages.load();
  const known = new Map<string, CodeMetrics | null>();
  const metricsOf = (path: string, text: string): CodeMetrics | null => {
    const key = `${path}\0${text}`;
    const metrics = known.has(key) ? (known.get(key) ?? null) : codeMetrics(languages, text, path);
    known.set(key, metrics);
    return metrics;
  };
  const groups = Object.groupBy(
    [...verdicts].flatMap(([id, { verdict }]) => {
      const candidate = candidates.get(id);
      if (candidate === undefined || (verdict.status !== "passed" && verdict.status !== "failed")) return [];
      const more = { nodes: 0, complexity: 0, calls: 0 };
      for (const [path, text] of Object.entries(target.filesOf(candidate))) {
        const [after, before] = [metricsOf(path, text), metricsOf(path, target.textOf(target.base, path))];
        if (after === null || before === null) return [];
        for (const name of ["nodes", "complexity", "calls"] as const) more[name] += after[name] - before[name];
      }
      return [{ status: verdict.status, more }];
    }),
    ({ status }) => status,
  );
  return Object.fromEntries(
    Object.entries(groups).map(([status, all]) => {
      const mean = (name: keyof CodeMetrics): number =>
        Math.round((100 * all.reduce((sum, { more }) => sum + more[name], 0)) / all.length) / 100;
      return [status, { nodes: mean("nodes"), complexity: mean("complexity"), calls: mean("calls") }];
    }),
  );
}
