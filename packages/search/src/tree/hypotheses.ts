import { FAULT_CLASSES, type EditWeights, type Evaluated, type FaultClass } from "@pawl/core";

/** What may be wrong, and where: a strategy, or a reflection on what came of one. */
export interface Hypothesis {
  /** For people, and for proposers that read. */
  readonly text: string;
  readonly weights: EditWeights;
}

/** A candidate (the base for strategies) → hypotheses, the most promising first. Each is tried once. */
export type HypothesisSource = (from: Evaluated, most: number) => readonly Hypothesis[];

/** How probable each kind of fault is in a candidate; kinds that are left out are not. */
export type FaultBeliefs = (from: Evaluated) => Readonly<Partial<Record<FaultClass, number>>>;

export interface FaultHypothesesOptions {
  /** Default: every kind alike. */
  readonly beliefs?: FaultBeliefs;
  /** Scores of the base's lines by path; default: no region is named. */
  readonly suspiciousness?: Readonly<Record<string, readonly number[]>>;
  readonly insistence?: Insistence;
}

/** How much likelier the edits that follow a hypothesis become: for its kind of fault, and for its region. */
export interface Insistence {
  readonly kind: number;
  readonly region: number;
}

/** Hardly anything else is tried. */
const INSISTENT: Insistence = { kind: 50, region: 10 };
/** Suspicious lines so near to each other are one region. */
const REGION_GAP = 2;
const REGION_LINES = 8;
const REGIONS = 4;
/** How much less a second hypothesis about the same kind, or the same region, is worth: hypotheses are to differ. */
const AGAIN = 0.5;

interface Region {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** Kinds of fault × suspicious regions, by belief times suspicion; kinds and regions that were named before come later. */
export function faultHypotheses({
  beliefs,
  suspiciousness = {},
  insistence = INSISTENT,
}: FaultHypothesesOptions = {}): HypothesisSource {
  const regions = regionsOf(suspiciousness);
  return (from, most) => {
    const believed = beliefs?.(from);
    const kinds = FAULT_CLASSES.map((kind) => ({ kind, belief: believed === undefined ? 1 : (believed[kind] ?? 0) }));
    const open = kinds.flatMap(({ kind, belief }) =>
      regions.map((region) => ({ kind, region, worth: belief * (region?.score ?? 1) })),
    );
    const chosen: Hypothesis[] = [];
    const used = new Map<unknown, number>();
    while (chosen.length < most && open.length > 0) {
      const worthOf = ({ kind, region, worth }: (typeof open)[number]): number =>
        worth * AGAIN ** ((used.get(kind) ?? 0) + (used.get(region) ?? 0));
      const best = open.reduce((a, b) => (worthOf(b) > worthOf(a) ? b : a));
      if (best.worth <= 0) break;
      open.splice(open.indexOf(best), 1);
      used.set(best.kind, (used.get(best.kind) ?? 0) + 1);
      if (regions.length > 1) used.set(best.region, (used.get(best.region) ?? 0) + 1);
      chosen.push(hypothesisOf(best.kind, best.region, insistence));
    }
    return chosen;
  };
}

function hypothesisOf(kind: FaultClass, region: Region | null, insistence: Insistence): Hypothesis {
  const byFaultClass = { [kind]: logOf(insistence.kind) };
  const what = `Try a change of the kind ${kind}`;
  if (region === null) return { text: `${what}.`, weights: { byFaultClass } };
  const { path, from, to } = region;
  const byLine: Record<string, number> = {};
  for (let line = from; line <= to; line++) byLine[`${path}:${line}`] = logOf(insistence.region);
  const lines = from === to ? `line ${from}` : `lines ${from} to ${to}`;
  return { text: `${what}, in ${path}, ${lines}.`, weights: { byFaultClass, byLine } };
}

/** Runs of suspicious lines around the most suspicious ones; one region without a place where nothing is known. */
function regionsOf(suspiciousness: Readonly<Record<string, readonly number[]>>): readonly (Region | null)[] {
  const lines = Object.entries(suspiciousness)
    .flatMap(([path, scores]) => scores.map((score, i) => ({ path, line: i + 1, score })))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  const regions: { path: string; from: number; to: number; score: number }[] = [];
  for (const { path, line, score } of lines) {
    const near = regions.find(
      (each) =>
        each.path === path &&
        line >= each.from - REGION_GAP &&
        line <= each.to + REGION_GAP &&
        Math.max(each.to, line) - Math.min(each.from, line) < REGION_LINES,
    );
    if (near !== undefined) Object.assign(near, { from: Math.min(near.from, line), to: Math.max(near.to, line) });
    else if (regions.length < REGIONS) regions.push({ path, from: line, to: line, score });
  }
  return regions.length === 0 ? [null] : regions;
}

function logOf(factor: number): number {
  return Math.round(Math.log(factor) * 1e4) / 1e4;
}
