import { EXIT, PawlError, type ArchiveView, type Evaluated, type Gate, type Proposer } from "@pawl/core";
import {
  ExpertProposer,
  PersonExpert,
  ScriptedExpert,
  timesOf,
  trialOf,
  wantsMoreData,
  withAnswer,
  withOutcome,
  type ExpertDesk,
} from "@pawl/propose";
import { CPU } from "@pawl/verify";
import type { SpeedConfig } from "./speed-config.ts";
import type { SpeedPlan } from "./speed-environment.ts";

/** A line with less than this share of the time is not worth naming. */
const WARM = 0.1;

/** A run that asks a person, and nobody is there: the state is saved. */
const NOBODY: ExpertDesk = {
  review: () =>
    Promise.reject(
      new PawlError({
        what: "this run asks a person after every measured rewrite, and there is nobody to ask",
        todo: "The state is saved. Go on with `pawl resume` at a terminal.",
        exitCode: EXIT.interrupted,
      }),
    ),
};

/** The proposer with the expert beside it that the run was started with. */
export function reviewed(
  inner: Proposer,
  expert: SpeedConfig["expert"],
  { module, heat }: SpeedPlan,
  desk: ExpertDesk | undefined,
): Proposer {
  if (expert === undefined) return inner;
  if (expert === "me")
    return new ExpertProposer({ inner, expert: new PersonExpert(), desk: desk ?? NOBODY, score: CPU });
  return new ExpertProposer({ inner, expert: new ScriptedExpert({ hottest: hottestLine(module, heat) }), score: CPU });
}

/** The line that takes most of the time, as `path:line`; null when none takes a noticeable share. */
export function hottestLine(module: string, heat: readonly number[]): string | null {
  const most = Math.max(0, ...heat);
  return most < WARM ? null : `${module}:${heat.indexOf(most) + 1}`;
}

/** Whether the expert asks for fresh pairs of what a screening leaves open, where the search alone would not. */
export function asksForPairs(expert: SpeedConfig["expert"]): (result: Evaluated, archive: ArchiveView) => boolean {
  if (expert !== "scripted") return () => false;
  return ({ candidate, verdict }, archive) => {
    const before = timesOf(archive.incumbent().verdict, CPU);
    return wantsMoreData(trialOf(candidate.origin.summary, verdict, before, timesOf(verdict, CPU), CPU));
  };
}

/**
 * The gate of a run with an expert. What it measured as faster is shown to a person before it is kept; the answer stands in the verdict, and
 * so in the record.
 */
export function reviewedGate(gate: Gate, expert: SpeedConfig["expert"], desk: ExpertDesk | undefined): Gate {
  if (expert === undefined) return gate;
  return {
    ...gate,
    async confirm(submission, archive, signal) {
      const before = timesOf(archive.incumbent().verdict, CPU);
      const confirmed = await gate.confirm(submission, archive, signal);
      const verdict = withOutcome(confirmed.verdict, confirmed.kept);
      if (expert !== "me" || !confirmed.kept) return { ...confirmed, verdict };
      const { summary } = submission.candidate.origin;
      const trial = trialOf(summary, verdict, before, timesOf(verdict, CPU), CPU);
      const answer = await (desk ?? NOBODY).review(trial, true, signal);
      if (answer.decision === "keep") return { ...confirmed, verdict: withAnswer(verdict, answer) };
      return { verdict: withAnswer(verdict, answer), kept: false, reason: `${confirmed.reason}, but vetoed` };
    },
  };
}
