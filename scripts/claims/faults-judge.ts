import type { RunEvent } from "@pawl/core";
import type { ModelAnswer } from "@pawl/propose";
import { FAULT_KINDS, type FaultServer } from "../../packages/propose/src/model/fixture-fault-server.ts";
import { BASE, promptOf, type Bound } from "./faults-engine.ts";

/** What docs/models.md shows. */
export interface FaultFigures {
  readonly calls: number;
  readonly requests: number;
  readonly faults: number;
  readonly faultRate: number;
  /** Calls that ended with an answer; with what came before a cut; without one. */
  readonly answered: number;
  readonly partial: number;
  readonly failed: number;
  /** Calls with no answer and no fault on record, or with two. */
  readonly lost: number;
  readonly doubled: number;
  /** Candidates of the run; answers that became none, though no other said the same; texts that became two. */
  readonly candidates: number;
  readonly lostCandidates: number;
  readonly doubledCandidates: number;
  /** Answers that are another call's, or not what was sent; candidates that nobody answered. */
  readonly wrong: number;
  /** Faults that the record does not name, or names as something else. */
  readonly hidden: number;
  /** Attempts given up as silent by a busy client though the server meant to go on: on record as a timeout. */
  readonly gaveUpFirst: number;
  /** Calls that cost more than their bound. */
  readonly overBound: number;
  /** What runs with a small budget spent beyond it. */
  readonly overBudget: number;
}

export type Counts = { -readonly [K in keyof FaultFigures]: number };

type Answered = Extract<RunEvent, { type: "answered" }>["data"];

export function answersOf(events: readonly RunEvent[]): readonly Answered[] {
  return events.flatMap((event) => (event.type === "answered" ? [event.data] : []));
}

/** Holds the record against what the server did. */
export function judge(
  counts: Counts,
  calls: number,
  events: readonly RunEvent[],
  bounds: readonly Bound[],
  server: FaultServer,
): void {
  const byNumber = Map.groupBy(answersOf(events), ({ n }) => n);
  const ends = Map.groupBy(
    events.flatMap((event) => (event.type === "proposed" || event.type === "missed" ? [event.data.n] : [])),
    (n) => n,
  );
  for (const n of byNumber.keys()) {
    counts.calls += 1;
    const answers = byNumber.get(n) as readonly Answered[];
    const served = server.served.get(promptOf(n)) ?? [];
    counts.requests += served.length;
    counts.faults += served.filter((fault) => fault !== null).length;
    if (answers.length !== 1 || ends.get(n)?.length !== 1) counts.doubled += 1;
    const [answer] = answers as [Answered];
    const bound = bounds[n] as { tokens: number; dollars: number };
    if (answer.tokens > bound.tokens || (answer.dollars ?? Infinity) > bound.dollars) counts.overBound += 1;
    const value = answer.value as unknown as ModelAnswer | undefined;
    const faults = value?.faults ?? answer.fault?.split("\n") ?? [];
    const failing = served.flatMap((fault) => (fault === null ? [] : (FAULT_KINDS[fault] ?? [])));
    if (!namesAll(faults, failing)) counts.hidden += 1;
    counts.gaveUpFirst +=
      faults.filter((line) => line.startsWith("timeout: ")).length -
      served.filter((fault) => fault === "silent").length;
    if (value !== undefined && served.at(-1)?.endsWith("usage") === true && value.usage.reported) counts.hidden += 1;
    if (value === undefined) counts.failed += 1;
    else if (value.finish === "cut") counts.partial += 1;
    else counts.answered += 1;
    if (value !== undefined && !isWhatWasSent(value, served.at(-1) ?? null, n)) counts.wrong += 1;
  }
  judgeCandidates(counts, byNumber, events);
  counts.lost = calls - byNumber.size + [...byNumber.keys()].filter((n) => !ends.has(n)).length;
}

/** Every text that was answered is one candidate: none of them is missing, none is there twice. */
function judgeCandidates(
  counts: Counts,
  byNumber: ReadonlyMap<number, readonly Answered[]>,
  events: readonly RunEvent[],
): void {
  const texts = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "proposed") continue;
    const [change] = event.data.candidate.changes;
    if (change === undefined) throw new Error("a candidate without a change");
    const text = BASE.slice(0, change.start) + change.text + BASE.slice(change.end);
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  for (const times of texts.values()) {
    counts.candidates += times;
    counts.doubledCandidates += times - 1;
  }
  const said = new Set(
    [...byNumber.values()].flatMap(([answer]) => (answer?.value as unknown as ModelAnswer | undefined)?.text ?? []),
  );
  counts.lostCandidates = [...said].filter((text) => !texts.has(text)).length;
  counts.wrong += [...texts.keys()].filter((text) => !said.has(text)).length;
}

/** Each fault in its place; on a busy machine the client may have given up first, which is then what its line says. */
function namesAll(lines: readonly string[], kinds: readonly string[]): boolean {
  let at = 0;
  return kinds.every((kind) => {
    while (at < lines.length) {
      const line = lines[at++] as string;
      if (line.startsWith(`${kind}: `) || line.startsWith("timeout: ")) return true;
    }
    return false;
  });
}

function isWhatWasSent({ text, finish }: ModelAnswer, last: string | null, n: number): boolean {
  if (finish === "refusal") return last === "refusal";
  if (finish === "cut") return text !== "" && promptOf(n).startsWith(text);
  // Twice in a row, so it was taken for what the model means to say; the fault is on record.
  if (last === "doubled-piece") return text.endsWith(promptOf(n).slice(text.length - promptOf(n).length));
  return text === promptOf(n);
}
