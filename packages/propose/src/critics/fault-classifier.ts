import {
  FAULT_CLASSES,
  type Critic,
  type Critique,
  type CritiqueContext,
  type EditWeights,
  type FaultClass,
  type Submission,
  type Verdict,
} from "@pawl/core";
import type { Languages } from "../syntax/languages.ts";
import { Prior } from "../syntax/prior.ts";
import type { PriorModel } from "../syntax/prior-model.ts";
import { evidenceOf } from "./evidence.ts";

/** What was counted on faults of known kinds. Plain data: shipped. */
export interface FaultCounts {
  readonly version: 1;
  readonly faults: Readonly<Partial<Record<FaultClass, number>>>;
  /** Kind → feature of the evidence → faults that showed it. */
  readonly features: Readonly<Partial<Record<FaultClass, Readonly<Record<string, number>>>>>;
}

export interface ClassifierInput {
  /** Texts that may hold the fault. */
  readonly sources: Readonly<Record<string, string>>;
  readonly suspiciousness: Readonly<Record<string, readonly number[]>>;
  /** From `evidenceOf`. */
  readonly evidence: readonly string[];
}

export type Kinds = Readonly<Partial<Record<FaultClass, number>>>;

/** Pseudo-faults that show a feature as often as faults of all kinds do. */
const SMOOTHING = 2;
/** Features come several for one failure, so each counts for less than one. */
const EVIDENCE_WEIGHT = 0.5;
const AT_HAND = 48;

/**
 * Which kinds of faults the code can have, and the evidence speaks for. The code speaks through the repair operators: an edit that the prior thinks
 * likely is a vote for the kind it repairs. The evidence speaks through how often faults of each kind showed its features (naive Bayes).
 */
export class FaultClassifier {
  readonly #languages: Languages;
  readonly #prior: Prior;
  readonly #counts: FaultCounts;

  constructor(languages: Languages, model: PriorModel, counts: FaultCounts) {
    this.#languages = languages;
    this.#prior = new Prior(model);
    this.#counts = counts;
  }

  /** Probabilities of all kinds; they sum to 1. */
  classify({ sources, suspiciousness, evidence }: ClassifierInput): Kinds {
    const votes = this.#votes(sources, suspiciousness);
    const scores = FAULT_CLASSES.map(
      (kind) => Math.log(votes.get(kind) ?? 1e-4) + EVIDENCE_WEIGHT * this.#logEvidence(kind, evidence),
    );
    const top = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Object.fromEntries(FAULT_CLASSES.map((kind, i) => [kind, (weights[i] as number) / total]));
  }

  /** What the evidence alone says of each kind, in nats: the code has its say in the proposer's own prior. */
  evidenceWeights(evidence: readonly string[]): EditWeights {
    return {
      byFaultClass: Object.fromEntries(
        FAULT_CLASSES.map((kind) => [kind, EVIDENCE_WEIGHT * this.#logEvidence(kind, evidence)]),
      ),
    };
  }

  /** Share of the prior's belief that lies in edits of each kind. */
  #votes(
    sources: ClassifierInput["sources"],
    suspiciousness: ClassifierInput["suspiciousness"],
  ): Map<FaultClass, number> {
    const edits: { kind: FaultClass; score: number }[] = [];
    for (const [path, source] of Object.entries(sources)) {
      const language = this.#languages.of(path);
      const parsed = language?.parse(source, path) ?? null;
      if (language === null || parsed === null) continue;
      for (const edit of language.edits(parsed, { ingredients: [] }))
        edits.push({
          kind: edit.faultClass,
          score: this.#prior.logScore(edit, suspiciousness[path]?.[edit.line - 1] ?? 0),
        });
    }
    const top = edits.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const votes = new Map<FaultClass, number>();
    let total = 0;
    for (const { kind, score } of edits) {
      const weight = Math.exp(score - top);
      votes.set(kind, (votes.get(kind) ?? 0) + weight);
      total += weight;
    }
    for (const [kind, weight] of votes) votes.set(kind, Math.max(1e-4, weight / total));
    return votes;
  }

  #logEvidence(kind: FaultClass, evidence: readonly string[]): number {
    const { faults, features } = this.#counts;
    const all = Object.values(faults).reduce((sum, count) => sum + count, 0);
    const own = faults[kind] ?? 0;
    return evidence.reduce((sum, feature) => {
      const everywhere = FAULT_CLASSES.reduce((count, each) => count + (features[each]?.[feature] ?? 0), 0);
      if (everywhere === 0) return sum;
      const general = everywhere / all;
      const here = ((features[kind]?.[feature] ?? 0) + SMOOTHING * general) / (own + SMOOTHING);
      return sum + Math.log(here / general);
    }, 0);
  }
}

/** Counts evidence of faults whose kinds are known. */
export function countFaults(
  examples: readonly { readonly kind: FaultClass; readonly evidence: readonly string[] }[],
): FaultCounts {
  const faults: Partial<Record<FaultClass, number>> = {};
  const features: Partial<Record<FaultClass, Record<string, number>>> = {};
  for (const { kind, evidence } of examples) {
    faults[kind] = (faults[kind] ?? 0) + 1;
    const own = (features[kind] ??= {});
    for (const feature of evidence) own[feature] = (own[feature] ?? 0) + 1;
  }
  return { version: 1, faults, features };
}

/** Names the likeliest kinds of fault of a candidate that failed, without a model. */
export class FaultCritic implements Critic {
  readonly id = "fault-rules";
  readonly #classifier: FaultClassifier;
  /** By candidate and status: to look through all edits takes long, and the same parent is asked about again and again. */
  readonly #known = new Map<string, Critique>();

  constructor(classifier: FaultClassifier) {
    this.#classifier = classifier;
  }

  critique: Critic["critique"] = async (submission, verdict, context) => {
    if (
      verdict === null ||
      verdict.status === "passed" ||
      verdict.status === "tampered" ||
      verdict.status === "infrastructure"
    )
      return null;
    const key = `${submission.candidate.id} ${verdict.status}`;
    const critique = this.#known.get(key) ?? this.#judge(submission, verdict, context);
    this.#known.delete(key);
    this.#known.set(key, critique);
    const oldest = this.#known.keys().next();
    if (this.#known.size > AT_HAND && oldest.done !== true) this.#known.delete(oldest.value);
    return critique;
  };

  #judge({ files }: Submission, verdict: Verdict, { read, suspiciousness }: CritiqueContext): Critique {
    const sources = Object.fromEntries(Object.keys(suspiciousness).map((path) => [path, files[path] ?? read(path)]));
    const evidence = evidenceOf(verdict);
    const kinds = this.#classifier.classify({ sources, suspiciousness, evidence });
    const [path, line] = mostSuspicious(suspiciousness);
    return {
      critic: this.id,
      text: describeKinds(kinds),
      finding: { kinds, ...(path === null ? {} : { path, line }) },
      weights: this.#classifier.evidenceWeights(evidence),
    };
  }
}

/** The three likeliest kinds, in words. */
export function describeKinds(kinds: Kinds): string {
  const likely = Object.entries(kinds)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3);
  return `The fault is most likely of the kind ${likely.map(([kind, share]) => `${kind} (${Math.round(100 * share)} %)`).join(", ")}.`;
}

function mostSuspicious(suspiciousness: Readonly<Record<string, readonly number[]>>): [string, number] | [null, 0] {
  let best: [string, number] | [null, 0] = [null, 0];
  let most = 0;
  for (const [path, scores] of Object.entries(suspiciousness))
    scores.forEach((score, i) => {
      if (score > most) [most, best] = [score, [path, i + 1]];
    });
  return best;
}
