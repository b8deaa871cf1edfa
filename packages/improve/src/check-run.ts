import { canonicalJson, isLifecycle, isOrdered, recordOf, sha256, type RunEvent, type Store } from "@pawl/core";
import { openExisting, readRun, targetOf } from "./record.ts";

export interface RunProblem {
  readonly what: string;
  readonly where: string;
  readonly todo: string;
}

/** Is the record of a run whole and consistent? (`pawl doctor --run`) */
export function checkRun(
  state: string,
  id: string,
): { readonly run: string; readonly events: number; readonly problems: readonly RunProblem[] } {
  const store = openExisting(state);
  try {
    const events = recordOf(store, id);
    const damagedBlobs = [...blobProblems(store, events)];
    const problems = [
      ...databaseProblems(store),
      ...sequenceProblems(events),
      ...orderProblems(events),
      ...damagedBlobs,
      // Candidates are computed from the project, which is in a blob.
      ...(damagedBlobs.length === 0 ? candidateProblems(store, id) : []),
    ];
    return { run: id, events: events.length, problems };
  } finally {
    store.close();
  }
}

/** SHA-256 over everything that has to repeat in a replay. Answers from outside are sorted, since they arrive in any order. */
export function digestOf(events: readonly RunEvent[]): string {
  const lines = (wanted: readonly RunEvent[]): string[] =>
    wanted.map((event) => canonicalJson({ type: event.type, data: event.data }));
  const answers = lines(events.filter((event) => event.type === "answered"));
  return sha256([...lines(events.filter(isOrdered)), ...answers.sort()].join("\n"));
}

const RESTORE = "Restore the store from a backup, or start a new run; this one cannot be resumed reliably.";

function* databaseProblems(store: Store): Generator<RunProblem> {
  for (const line of store.integrity()) yield { what: `SQLite reports: ${line}`, where: store.path, todo: RESTORE };
}

function* sequenceProblems(events: readonly RunEvent[]): Generator<RunProblem> {
  if (events[0]?.type !== "started")
    yield { what: "the record does not begin with 'started'", where: "event 1", todo: RESTORE };
  for (const [i, event] of events.entries()) {
    if (event.seq !== i + 1) {
      yield { what: `event ${i + 1} is missing`, where: `before event ${event.seq}`, todo: RESTORE };
      return;
    }
  }
}

/**
 * Every verdict needs its proposal, in order, once; a confirmation needs its screening; nothing comes after the end; and the run ends with a
 * candidate that was kept.
 */
function* orderProblems(events: readonly RunEvent[]): Generator<RunProblem> {
  const proposed = new Map<number, string>();
  const judged = new Set<number>();
  const kept = new Set<string>();
  const answered = new Set<string>();
  let lastJudged = -1;
  let finished = false;
  for (const event of events) {
    const where = `event ${event.seq}`;
    if (finished && !isLifecycle(event))
      yield { what: `'${event.type}' after the end of the run`, where, todo: RESTORE };
    if (event.type === "started" && event.seq > 1) yield { what: "the run starts a second time", where, todo: RESTORE };
    if (event.type === "answered") {
      const key = `${event.data.n} ${event.data.name}`;
      if (answered.has(key))
        yield { what: `'${event.data.name}' of request ${event.data.n} was answered twice`, where, todo: RESTORE };
      answered.add(key);
    }
    if (event.type === "proposed") {
      if (proposed.has(event.data.n))
        yield { what: `candidate number ${event.data.n} was proposed twice`, where, todo: RESTORE };
      proposed.set(event.data.n, event.data.candidate.id);
    }
    if (event.type === "confirmed" && event.data.kept) kept.add(event.data.candidate);
    if (event.type === "judged" || event.type === "confirmed") {
      const { n, candidate } = event.data;
      if (proposed.get(n) !== candidate)
        yield {
          what: `a verdict on candidate ${candidate.slice(0, 8)} that was not proposed as number ${n}`,
          where,
          todo: RESTORE,
        };
      if (event.type === "confirmed" && !judged.has(n))
        yield { what: `candidate number ${n} was confirmed without a screening`, where, todo: RESTORE };
      if (event.type === "judged") {
        if (n <= lastJudged) yield { what: `candidate number ${n} was judged out of order`, where, todo: RESTORE };
        lastJudged = n;
        judged.add(n);
      }
    }
    if (event.type === "finished") {
      finished = true;
      const { best } = event.data;
      if (best !== null && !kept.has(best))
        yield { what: `the run ended with candidate ${best.slice(0, 8)}, which it had not kept`, where, todo: RESTORE };
    }
  }
}

function* blobProblems(store: Store, events: readonly RunEvent[]): Generator<RunProblem> {
  for (const event of events) {
    if (event.type !== "observed" && event.type !== "answered") continue;
    const { value, name } = event.data;
    if (value === undefined || value === null || typeof value !== "object" || !("$blob" in value)) continue;
    try {
      store.getBlob(value.$blob as string);
    } catch (error) {
      yield { what: (error as Error).message, where: `event ${event.seq} ('${name}')`, todo: RESTORE };
    }
  }
}

/** Recomputes the identity of every candidate from its patch. */
function* candidateProblems(store: Store, id: string): Generator<RunProblem> {
  const run = readRun(store, id);
  if (run.project === null) return;
  const target = targetOf(run.project);
  for (const candidate of run.candidates.values()) {
    const whole = Object.fromEntries(
      Object.entries(target.filesOf(candidate)).map(([path, text]) => [
        path,
        [{ start: 0, end: target.baseText(path).length, text }],
      ]),
    );
    const derived = target.derive(target.base, whole, candidate.origin);
    const actual = "candidate" in derived ? derived.candidate.id : derived.rejected;
    if (actual !== candidate.id)
      yield {
        what: `candidate ${candidate.id.slice(0, 8)} is not what its patch gives (${actual.slice(0, 8)})`,
        where: run.id,
        todo: RESTORE,
      };
  }
}
