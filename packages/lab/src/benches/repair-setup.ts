import type {
  ArchiveEntry,
  Candidate,
  CandidateId,
  Gate,
  LoopResult,
  Proposer,
  Search,
  Target,
  Verdict,
} from "@pawl/core";
import type { SyntaxProposerOptions } from "@pawl/propose";
import type { FunctionCase, FunctionCheck, GeneratedCall } from "@pawl/verify";

/** A small program with faults, and cases it should pass. */
export interface BenchTask {
  readonly id: string;
  /** The file whose functions the cases call. */
  readonly module: string;
  readonly buggy: Readonly<Record<string, string>>;
  /** Operators a SyntaxProposer may use; default all. */
  readonly operators?: ReadonlySet<string>;
  readonly visible: readonly FunctionCase[];
  readonly hidden: readonly FunctionCase[];
}

/** What an arm may build its proposer, its check and its choice from. Nothing here knows the hidden cases. */
export interface TaskParts {
  readonly task: Omit<BenchTask, "hidden">;
  readonly target: Target;
  /** Judges by the visible cases. */
  readonly check: FunctionCheck;
  /** The base's verdict on the visible cases. */
  readonly base: Verdict;
  /** For a SyntaxProposer: the shipped prior, the sources, and suspiciousness by what the visible cases execute. */
  readonly syntax: SyntaxProposerOptions;
  /** Calls like the visible cases, with nothing they should give. */
  readonly calls: readonly GeneratedCall[];
  /** What a candidate does on the calls; not counted as an evaluation. */
  readonly observe: (candidate: Candidate) => Promise<readonly string[]>;
  readonly signal: AbortSignal;
}

export interface RepairSetup {
  /** Ids of the bench's tasks it is measured on; default all. */
  readonly tasks?: (task: string) => boolean;
  /** One for every task. */
  readonly search: (parts: TaskParts) => Search;
  /** New candidates executed on the visible cases, per task. */
  readonly evaluations: number;
  /** Default: a SyntaxProposer of `parts.syntax`. */
  readonly proposer?: (parts: TaskParts) => Proposer;
  /** What the search is told instead of the check's own word (noise, less of it); default: the word itself. */
  readonly told?: (verdict: Verdict, candidate: CandidateId, parts: TaskParts) => Verdict;
  /** Default: fitness as in `pawl fix`. */
  readonly gate?: (gate: Gate, parts: TaskParts) => Gate;
  /**
   * Judges a candidate that passes all visible cases, given those that did before it. One that is not accepted does not count as found; the search
   * is told so by the score `accepted` and by notes. Default: every one is accepted.
   */
  readonly accept?: (
    candidate: Candidate,
    before: readonly Candidate[],
    parts: TaskParts,
  ) => Promise<{ readonly accept: boolean; readonly doubts: readonly string[] }>;
  /** Patches passing all visible cases (as told) after which a task ends; default 1. */
  readonly enough?: number;
  /** Chooses among the patches found, at least one; default: the most plausible, as `pawl fix` does. */
  readonly choose?: (found: readonly ArchiveEntry[], loop: LoopResult, parts: TaskParts) => Promise<ArchiveEntry>;
  /** Chooses when no patch passes; default: none, which counts as not solved. */
  readonly fallback?: (loop: LoopResult, parts: TaskParts) => ArchiveEntry | null;
  /** Further values of a task. `hidden` tells of a found patch whether it passes the hidden cases: for reports, never for decisions. */
  readonly further?: (end: TaskEnd) => Promise<Readonly<Record<string, number | null>>>;
}

export interface TaskEnd {
  readonly loop: LoopResult;
  readonly search: Search;
  readonly found: readonly ArchiveEntry[];
  readonly chosen: ArchiveEntry | null;
  readonly parts: TaskParts;
  readonly hidden: (entry: ArchiveEntry) => Promise<boolean>;
}
