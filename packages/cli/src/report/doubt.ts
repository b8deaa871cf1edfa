import { showRun } from "@pawl/improve";
import { isReached, title } from "./result.ts";

/**
 * What speaks against taking the change that a run has kept: the run's last word is against it, or, of a repair, still to come. Null when
 * nothing does. Gains of a score or of speed were measured when they were kept, and may be taken while the run looks for more.
 */
export function doubtOf(state: string, id: string): string | null {
  const { command, result, attempts } = showRun(state, id);
  if (!attempts.some(({ kept }) => kept)) return null;
  if (result !== null) return isReached(result) ? null : `run ${id} ended with: ${title(result)}`;
  return command === "fix" ? `run ${id} has not ended: its held-out tests are not opened yet` : null;
}
