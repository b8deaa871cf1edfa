import { recordOf, type RunSession } from "@pawl/core";

/**
 * Seconds the search has used. Reading and measuring the project, a slow suite, and opening it again when the run is resumed do not use up
 * its budget. Make the clock right before the loop; `opening` is the session's age when the project had been read.
 */
export function searchClock(session: RunSession, opening: number): () => number {
  const before = preparation(session) + session.elapsed() - opening;
  return () => Math.max(0, session.elapsed() - before);
}

/** Seconds the run needed until the project was read; the same when the run is resumed. */
function preparation(session: RunSession): number {
  const events = recordOf(session.store, session.id);
  const end = events.findIndex((event) => event.type === "observed" && event.data.name === "project");
  const start = events.slice(0, end).findLast((event) => event.type === "started" || event.type === "resumed");
  return start === undefined ? 0 : ((events[end]?.at ?? start.at) - start.at) / 1000;
}
