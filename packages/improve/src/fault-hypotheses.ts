import { readFileSync } from "node:fs";
import type { Evaluated, Target } from "@pawl/core";
import {
  evidenceOf,
  FaultClassifier,
  outputDistance,
  type FaultCounts,
  type Kinds,
  type Languages,
  type PriorModel,
  type Suspiciousness,
} from "@pawl/propose";
import { faultHypotheses, type Insistence, type SearchSettings } from "@pawl/search";

export interface RepairKnowledge {
  readonly languages: Languages;
  readonly model: PriorModel;
  readonly target: Target;
  /** Of the base's lines. */
  readonly suspiciousness: Suspiciousness;
  /** How strictly hypotheses are followed; default: hardly anything else is tried. */
  readonly insistence?: Insistence;
}

/** The faults are in these files, most probably; to look through more of them for each candidate would take long. */
const FILES = 3;

/**
 * What a search by hypotheses is told of a repair: which kinds of faults the code of a candidate can have and its failures speak for, in which
 * suspicious places; and how far its outputs are from the wanted ones.
 */
export function repairSettings({
  languages,
  model,
  target,
  suspiciousness,
  insistence,
}: RepairKnowledge): SearchSettings {
  const places = mostSuspicious(suspiciousness);
  let known: { readonly classifier: FaultClassifier; readonly code: Kinds } | null = null; // most searches never ask
  const beliefs = (from: Evaluated): Kinds => {
    if (known === null) {
      const sources = Object.fromEntries(Object.keys(places).map((path) => [path, target.baseText(path)]));
      const classifier = new FaultClassifier(languages, model, shippedFaultCounts());
      known = { classifier, code: classifier.classify({ sources, suspiciousness: places, evidence: [] }) };
    }
    // What the code can be mended by changes little from one candidate to the next, and takes long to look through; how it fails is its own.
    const { byFaultClass = {} } = known.classifier.evidenceWeights(evidenceOf(from.verdict));
    return Object.fromEntries(
      Object.entries(known.code).map(([kind, share]) => [kind, share * Math.exp(byFaultClass[kind] ?? 0)]),
    );
  };
  return {
    hypotheses: faultHypotheses({
      beliefs,
      suspiciousness: places,
      ...(insistence === undefined ? {} : { insistence }),
    }),
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
