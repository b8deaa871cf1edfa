import { readFileSync } from "node:fs";
import type { Evaluated, Target } from "@pawl/core";
import {
  evidenceOf,
  FaultClassifier,
  outputDistance,
  type FaultCounts,
  type Languages,
  type PriorModel,
  type Suspiciousness,
} from "@pawl/propose";
import { faultHypotheses, type SearchSettings } from "@pawl/search";

export interface RepairKnowledge {
  readonly languages: Languages;
  readonly model: PriorModel;
  readonly target: Target;
  /** Of the base's lines. */
  readonly suspiciousness: Suspiciousness;
}

/** The faults are in these files, most probably; to look through more of them for each candidate would take long. */
const FILES = 3;

/**
 * What a search by hypotheses is told of a repair: which kinds of faults the code of a candidate can have and its failures speak for, in which
 * suspicious places; and how far its outputs are from the wanted ones.
 */
export function repairSettings({ languages, model, target, suspiciousness }: RepairKnowledge): SearchSettings {
  const places = mostSuspicious(suspiciousness);
  let classifier: FaultClassifier | null = null; // most searches never ask
  const beliefs = (from: Evaluated): ReturnType<FaultClassifier["classify"]> => {
    classifier ??= new FaultClassifier(languages, model, shippedFaultCounts());
    const sources = Object.fromEntries(Object.keys(places).map((path) => [path, target.textOf(from.candidate, path)]));
    return classifier.classify({ sources, suspiciousness: places, evidence: evidenceOf(from.verdict) });
  };
  return {
    hypotheses: faultHypotheses({ beliefs, suspiciousness: places }),
    critic: (verdict) => outputDistance(verdict).score,
  };
}

/** What was counted on the faults of the code-repair world's training half. */
export function shippedFaultCounts(): FaultCounts {
  return JSON.parse(
    readFileSync(new URL("../../propose/data/fault-classes.json", import.meta.url), "utf8"),
  ) as FaultCounts;
}

function mostSuspicious(suspiciousness: Suspiciousness): Suspiciousness {
  const most = (scores: readonly number[]): number => scores.reduce((a, b) => Math.max(a, b), 0);
  const ranked = Object.entries(suspiciousness).toSorted(([, a], [, b]) => most(b) - most(a));
  return Object.fromEntries(ranked.slice(0, FILES));
}
