import {
  Budget,
  Journal,
  judgedBase,
  Rng,
  runLoop,
  Target,
  type ArchiveEntry,
  type BudgetLimits,
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
  /** Patches that pass every case in a fresh box, the likeliest first. */
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
 * late; then the patches are told apart by what they do on generated calls, and ranked.
 */
export async function repairFunction(options: FunctionRepairOptions): Promise<FunctionRepair> {
  const { sandbox, snapshot, module, cases, languages, sources, seed } = options;
  const started = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module, cases }, lanes: options.lanes ?? 2 });
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
    const gate = repairGate(check, { patience: Infinity, enough: MOST_PATCHES });
    const foundAt = new Map<string, number>();
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
      onProgress: ({ kept, screened }) => {
        const last = kept.at(-1);
        if (last !== undefined && !foundAt.has(last)) foundAt.set(last, screened);
      },
    });
    const entries = loop.kept.map((id) => loop.archive.get(id) as ArchiveEntry);
    const calls = generateCalls(
      cases,
      Object.values(sources).flatMap(constantsIn),
      GENERATED_CALLS,
      Rng.of(seed, "calls"),
    );
    const observe = (files: Submission["files"]): Promise<readonly string[]> => check.observe({ files }, calls, signal);
    const behaviours = [];
    for (const entry of entries)
      behaviours.push({
        logWeight: logPlausibility(loop.archive, entry),
        outcomes: await observe(target.filesOf(entry.candidate)),
      });
    const order = rankByConsensus(behaviours, entries.length < 2 ? [] : await observe({}));
    const patches = order.map((at): FunctionPatch => {
      const { candidate } = entries[at] as ArchiveEntry;
      const steps = loop.archive.lineage(candidate.id);
      return {
        candidate,
        files: target.filesOf(candidate),
        foundAt: foundAt.get(candidate.id) ?? loop.screened,
        operators: steps.flatMap((step) => step.candidate.origin.edits ?? []).map((edit) => edit.operator),
      };
    });
    return { patches, screened: loop.screened };
  } finally {
    await check.close();
  }
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
