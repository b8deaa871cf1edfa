import { recordOf, type RunEvent, type RunSession } from "@pawl/core";

/**
 * Seconds the search has used, in all sessions of a run. Reading and measuring the project, a slow suite, and opening it again when the run is
 * resumed do not use up its budget. Make the clock before the loop, and start it when the loop has passed the record.
 */
export class SearchClock {
  readonly #session: RunSession;
  readonly #before: number;
  /** Age of the run when the clock was started. */
  #from: number | null = null;

  constructor(session: RunSession) {
    this.#session = session;
    this.#before = sessionsOf(recordOf(session.store, session.id)).reduce((sum, each) => sum + searched(each), 0);
  }

  start(): void {
    this.#session.searching();
    this.#from = this.#session.elapsed();
  }

  seconds(): number {
    const age = this.#session.elapsed();
    return this.#before + Math.max(0, age - (this.#from ?? age));
  }
}

/** Steps of a search. Runs of older versions do not say when it begins, only when the first of them was done. */
const STEPS: ReadonlySet<RunEvent["type"]> = new Set<RunEvent["type"]>([
  "searching",
  "proposed",
  "missed",
  "answered",
  "judged",
  "confirmed",
  "stopped",
]);

/** Seconds from the beginning of the search in a session to its end, or to the last that the session wrote; a machine's clock may be set back. */
function searched(events: readonly RunEvent[]): number {
  const first = events.find(({ type }) => STEPS.has(type));
  const last = events.find(({ type }) => type === "stopped") ?? events.at(-1);
  return first === undefined || last === undefined ? 0 : Math.max(0, last.at - first.at) / 1000;
}

function sessionsOf(events: readonly RunEvent[]): readonly (readonly RunEvent[])[] {
  const sessions: RunEvent[][] = [[]];
  for (const event of events) {
    if (event.type === "resumed") sessions.push([]);
    sessions.at(-1)?.push(event);
  }
  return sessions;
}
