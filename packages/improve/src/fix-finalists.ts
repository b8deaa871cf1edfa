import type { ArchiveEntry, Json, LoopResult, Submission, Target, Verdict } from "@pawl/core";
import type { FixEnvironment } from "./fix-environment.ts";
import type { FixPlan } from "./fix-plan.ts";
import { hunksOf, logicalChanges } from "./logical-changes.ts";
import type { TestCount } from "./results.ts";
import type { RunFrame } from "./run-frame.ts";
import { byPlausibility } from "./select.ts";

/** Candidates for which the held-out tests are opened. */
export const FINALISTS = 3;

/** A kept candidate, and what the held-out tests say of it. */
export interface Finalist {
  readonly entry: ArchiveEntry;
  /** Null when nothing was held out. */
  readonly heldOut: TestCount | null;
}

/** Of the likeliest kept candidates, the one with the fewest held-out failures; null when nothing was kept. */
export async function chooseFinalist(
  frame: RunFrame<FixEnvironment>,
  plan: FixPlan,
  target: Target,
  loop: LoopResult,
): Promise<Finalist | null> {
  const likeliest = loop.kept
    .map((id) => loop.archive.get(id) as ArchiveEntry)
    .sort(byPlausibility(loop.archive))
    .slice(0, FINALISTS);
  if (likeliest.length === 0) return null;
  const opened = await openHeldOut(frame, plan, target, likeliest);
  return opened.reduce((best, each) => ((each.heldOut?.failed ?? 0) < (best.heldOut?.failed ?? 0) ? each : best));
}

/** Opens the held-out tests once, for the final candidates. */
async function openHeldOut(
  frame: RunFrame<FixEnvironment>,
  plan: FixPlan,
  target: Target,
  finalists: readonly ArchiveEntry[],
): Promise<readonly Finalist[]> {
  const all = plan.split.heldOut.length;
  if (all === 0) return finalists.map((entry) => ({ entry, heldOut: null }));
  frame.progress.phase("opening the held-out tests");
  const failed = (await frame.session.observe("held-out", async () => {
    const check = await frame.live().check(plan);
    const counts: number[] = [];
    for (const { candidate } of finalists) {
      const verdict = await check.runHeldOut({ candidate, files: target.filesOf(candidate) }, frame.signal);
      counts.push(verdict.failing?.length ?? all);
    }
    return counts;
  })) as readonly number[];
  return finalists.map((entry, i) => ({
    entry,
    heldOut: { passed: all - (failed[i] ?? all), failed: failed[i] ?? all },
  }));
}

/** Finds out whether the result is one change or several, each of which repairs something of its own; `branch` makes a commit of each. */
export async function takeApart(
  frame: RunFrame<FixEnvironment>,
  plan: FixPlan,
  target: Target,
  chosen: Finalist | null,
): Promise<void> {
  const candidate = chosen?.entry.candidate;
  if (candidate === undefined || candidate.changes.some(({ created }) => created === true)) return;
  if (hunksOf(target, candidate).length < 2) return;
  frame.progress.phase("judging the parts of the patch");
  await frame.session.observe("changes", async () => {
    const check = await frame.live().check(plan);
    const judge = (part: Submission): Promise<Verdict> => check.confirm(part, frame.signal);
    return (await logicalChanges(target, candidate, plan.split.failing, judge)) as unknown as Json;
  });
}
