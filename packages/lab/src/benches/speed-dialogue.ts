import type { LoopResult, Proposer } from "@pawl/core";
import { asksForPairs, hottestLine, speedClimb } from "@pawl/improve";
import { ExpertProposer, ScriptedExpert, SpeedProposer, timesOf } from "@pawl/propose";
import { CPU } from "@pawl/verify";
import type { Row } from "../system.ts";
import type { SpeedBench } from "./speed-bench.ts";

/** A kind of input counts as faster or slower from here on, and when one of the two needed so many milliseconds. */
const CHANGED = 1.2;
const LEAST_MS = 3;

/** Who proposes; the search, the check and the acceptance are the same whoever does. */
export interface DialogueOptions {
  /** Rewrites of hot lines first. */
  readonly profile: boolean;
  /** The scripted expert reviews every measured proposal. */
  readonly expert: boolean;
  readonly evaluations: number;
  readonly seed: number;
}

/** Some proposals for a function, measured and reviewed one after the other. */
export function speedDialogue(bench: SpeedBench, options: DialogueOptions, signal: AbortSignal): Promise<LoopResult> {
  const { profile, expert, evaluations, seed } = options;
  return bench.search(
    {
      search: speedClimb(profile ? 0 : 1),
      proposer: proposerOf(bench, profile, expert),
      evaluations,
      seed,
      ...(expert ? { asks: asksForPairs("scripted") } : {}),
    },
    signal,
  );
}

function proposerOf({ languages, sources, file, heat }: SpeedBench, profile: boolean, expert: boolean): Proposer {
  const even = (sources[file] as string).split("\n").map(() => 1);
  const inner = new SpeedProposer({ languages, sources, heat: { [file]: profile ? heat : even } });
  if (!expert) return inner;
  return new ExpertProposer({ inner, expert: new ScriptedExpert({ hottest: hottestLine(file, heat) }), score: CPU });
}

/** `firstBad`: the first proposal was wrong or slower. `winnerChanges`: share of the proposals faster on one kind of input and slower on another. */
export function proposalValues({ archive }: LoopResult, bench: SpeedBench): Row["values"] {
  const before = timesOf(bench.base, CPU);
  const made = Array.from({ length: archive.size - 1 }, (_, i) => archive.at(i + 1));
  const [first] = made;
  const total = first === undefined ? undefined : timesOf(first.verdict, CPU)[CPU];
  let [compared, changed] = [0, 0];
  for (const { verdict, request } of made) {
    // Against the start, and only where the start is what was changed.
    if (verdict.status !== "passed" || request.parent !== bench.target.baseId) continue;
    const after = timesOf(verdict, CPU);
    const ratios = Object.keys(after)
      .filter((name) => name !== CPU && Math.max(before[name] ?? 0, after[name] as number) >= LEAST_MS)
      .map((name) => (before[name] as number) / Math.max(after[name] as number, 0.01));
    compared += 1;
    if (ratios.some((ratio) => ratio > CHANGED) && ratios.some((ratio) => ratio < 1 / CHANGED)) changed += 1;
  }
  return {
    firstBad: first === undefined ? null : Number(total === undefined || total > (before[CPU] as number)),
    winnerChanges: compared === 0 ? null : changed / compared,
  };
}
