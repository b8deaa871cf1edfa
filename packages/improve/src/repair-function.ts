import {
  Budget,
  Journal,
  judgedBase,
  Rng,
  runLoop,
  Target,
  type ArchiveEntry,
  type BudgetLimits,
  type CandidateId,
  type Gate,
  type Search,
  type Submission,
} from "@pawl/core";
import {
  suspiciousness,
  SyntaxProposer,
  type Languages,
  type PriorCounts,
  type PriorModel,
  type Suspiciousness,
} from "@pawl/propose";
import {
  constantsIn,
  FunctionCheck,
  generateCalls,
  type FunctionCase,
  type ProjectSnapshot,
  type Sandbox,
} from "@pawl/verify";
import { rankByConsensus } from "./consensus.ts";
import { repairGate } from "./gates.ts";
import { logPlausibility } from "./select.ts";

export interface FunctionRepairOptions {
  readonly sandbox: Sandbox;
  readonly languages: Languages;
  /** The project as it is. */
  readonly snapshot: ProjectSnapshot;
  /** Relative to the project root. */
  readonly module: string;
  readonly cases: readonly FunctionCase[];
  /** Texts of the files that may change, by path. */
  readonly sources: Readonly<Record<string, string>>;
  readonly model: PriorModel;
  readonly experience?: PriorCounts;
  readonly search: Search;
  readonly budget: BudgetLimits;
  readonly seed: number;
  /** Warm processes; default 2. */
  readonly lanes?: number;
  readonly signal?: AbortSignal;
}

export interface FunctionRepair {
  /** The likeliest patch that passes every case in a fresh box, too; null when there is none. */
  readonly chosen: FunctionPatch | null;
  /** Patches that pass every case when they are screened, the likeliest first. */
  readonly patches: readonly FunctionPatch[];
  readonly screened: number;
}

export interface FunctionPatch extends Submission {
  /** Evaluations that had been made when it was found. */
  readonly foundAt: number;
  /** Edits along its whole lineage. */
  readonly operators: readonly string[];
}

/** Patches that are looked at more closely; more of them tell nothing new. */
const MOST_PATCHES = 100;
const GENERATED_CALLS = 160;
const WINDOW = 8;

/**
 * Repairs functions by cases of their own (`verify`'s function check), without a model. The budget is used up, for a likelier patch may come
 * late; then the patches are told apart by what they do on generated calls, ranked, and confirmed in that order.
 */
export async function repairFunction(options: FunctionRepairOptions): Promise<FunctionRepair> {
  const { sandbox, snapshot, module, cases, languages, sources, seed } = options;
  const started = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const constants = Object.values(sources).flatMap(constantsIn);
  const further = generateCalls(cases, constants, GENERATED_CALLS, Rng.of(seed, "calls"));
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module, cases }, further, lanes: options.lanes ?? 2 });
  try {
    const target = new Target(sources, snapshot.hash);
    const proposer = new SyntaxProposer({
      languages,
      model: options.model,
      ...(options.experience === undefined ? {} : { experience: options.experience }),
      sources,
      suspiciousness: await suspicionByCases(check, sources, languages, signal),
    });
    const base = await check.screen({ candidate: target.base, files: {} }, signal);
    // Nothing is confirmed on the way: dozens of patches may pass a few cases, and only one is wanted.
    const gate: Gate = { ...repairGate(check, { patience: 0, enough: 1 }), promising: () => false };
    const found: { readonly id: CandidateId; readonly at: number }[] = [];
    const loop = await runLoop({
      target,
      check,
      gate,
      search: options.search,
      proposer,
      base: judgedBase(target, base, gate),
      journal: new Journal([], { append: () => {} }),
      budget: new Budget(options.budget),
      seed,
      window: WINDOW,
      elapsed: () => (performance.now() - started) / 1000,
      signal,
      onProgress: ({ last, screened }) => {
        if (last.verdict.status === "passed") found.push({ id: last.candidate.id, at: screened });
      },
    });
    const entries = found.slice(0, MOST_PATCHES).map(({ id }) => loop.archive.get(id) as ArchiveEntry);
    const behaviours = await Promise.all(
      entries.map(async (entry) => ({
        logWeight: logPlausibility(loop.archive, entry),
        outcomes: await check.observe({ files: target.filesOf(entry.candidate) }, signal),
      })),
    );
    const patches = rankByConsensus(behaviours, await check.observe({ files: {} }, signal)).map((at): FunctionPatch => {
      const { candidate } = entries[at] as ArchiveEntry;
      const edits = loop.archive.lineage(candidate.id).flatMap((step) => step.candidate.origin.edits ?? []);
      return {
        candidate,
        files: target.filesOf(candidate),
        foundAt: (found[at] as { at: number }).at,
        operators: edits.map((edit) => edit.operator),
      };
    });
    return { chosen: await firstConfirmed(check, patches, signal), patches, screened: loop.screened };
  } finally {
    await check.close();
  }
}

async function firstConfirmed(
  check: FunctionCheck,
  patches: readonly FunctionPatch[],
  signal: AbortSignal,
): Promise<FunctionPatch | null> {
  for (const patch of patches) if ((await check.confirm(patch, signal)).status === "passed") return patch;
  return null;
}

/** Suspiciousness of the lines, by what passing and failing cases execute. */
export async function suspicionByCases(
  check: FunctionCheck,
  sources: Readonly<Record<string, string>>,
  languages: Languages,
  signal?: AbortSignal,
): Promise<Suspiciousness> {
  const traces = await check.trace({ files: {} }, Object.keys(sources), signal);
  const failed = traces.filter((trace) => !trace.passed);
  return suspiciousness(
    sources,
    {
      traces,
      stacks: failed.map(({ feedback }) =>
        feedback?.path === undefined || feedback.line === undefined
          ? []
          : [{ path: feedback.path, line: feedback.line }],
      ),
      words: failed.flatMap((trace) => [trace.id, trace.feedback?.message ?? ""]),
    },
    (path) => languages.of(path),
  );
}
