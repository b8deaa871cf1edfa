import type { ArchiveView } from "./archive.ts";
import type { Candidate, CandidateId, Origin, TextEdit } from "./candidate.ts";
import type { Json } from "./json.ts";
import type { Rng } from "./rng.ts";
import type { Verdict } from "./verdict.ts";

/** Full texts of the files a candidate changes, by project-relative path. */
export type ChangedFiles = Readonly<Record<string, string>>;

/** What a Check is handed: who it is, and what the changed files say. */
export interface Submission {
  readonly candidate: Candidate;
  readonly files: ChangedFiles;
}

/** One way to judge a candidate. Only checks make verdicts. */
export interface Check {
  readonly id: string;
  /** True when judging the same tree again must give the same status, failing tests and scores. */
  readonly deterministic: boolean;
  /** Cheap word, possibly from a warm box; never final. */
  screen(submission: Submission, signal: AbortSignal): Promise<Verdict>;
  /** The word that counts: a fresh box of its own, for tests the user's own command. */
  confirm(submission: Submission, signal: AbortSignal): Promise<Verdict>;
  close(): Promise<void>;
}

/** What a Search asks of a Proposer. */
export interface ProposalRequest {
  readonly parent: CandidateId;
  /** How many elementary edits in one step (1 unless the search wants a jump). */
  readonly edits: number;
  /** Other candidates worth looking at (crossover, inspirations). */
  readonly inspirations?: readonly CandidateId[];
  /** Sharpness of the proposer's distribution: 0 takes the likeliest untried edit, 1 samples. */
  readonly temperature: number;
  readonly island?: number;
}

export interface Evaluated {
  readonly candidate: Candidate;
  readonly request: ProposalRequest;
  readonly verdict: Verdict;
  /** Scalar to maximise, from the objective; null when the verdict is no data or has no score. */
  readonly fitness: number | null;
  /** True when the verdict comes from `confirm`. */
  readonly confirmed: boolean;
}

/** Says what to try next and what to keep. Deterministic in (view, rng, tells): that is what makes every search resumable. */
export interface Search {
  readonly id: string;
  ask(view: ArchiveView, rng: Rng): ProposalRequest;
  tell(result: Evaluated): void;
  /** The proposer has nothing new for this request; do not ask it again. */
  exhausted(request: ProposalRequest): void;
  /** True when nothing is left to ask. */
  done(): boolean;
  /** Everything it would need to go on, for inspection and for comparing runs. */
  state(): Json;
}

/** Edits to the parent's texts, by path, ascending and not overlapping; offsets refer to the parent's text. */
export interface Proposal {
  readonly edits: Readonly<Record<string, readonly TextEdit[]>>;
  readonly origin: Origin;
}

export interface ProposeContext {
  readonly archive: ArchiveView;
  /** Text of a file in a candidate's tree. */
  read(candidate: CandidateId, path: string): string;
  /** Paths that may change. */
  readonly editable: readonly string[];
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/** What a learner sees of an attempt. */
export type Experience = Evaluated & { readonly parentFitness: number | null };

/** Makes candidates. Deterministic in (request, context, what it has learned). */
export interface Proposer {
  readonly id: string;
  /** Yields proposals in order of preference; the engine takes the first that is new and allowed. Ends when there is nothing left. */
  propose(request: ProposalRequest, context: ProposeContext): AsyncIterable<Proposal>;
  learn?(experience: Experience): void;
}
