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

/**
 * What verdicts, siblings or hypotheses say about which elementary edits to try: logs of factors, added to an edit's own log-score. Every
 * critic and every kind of feedback ends here for proposers that edit syntax; 0 or absent is no opinion, −Infinity rules an edit out.
 */
export interface EditWeights {
  readonly byOperator?: Readonly<Record<string, number>>;
  readonly byFaultClass?: Readonly<Record<string, number>>;
  /** By `path:line`, the line as it stands in the parent's file (1-based). */
  readonly byLine?: Readonly<Record<string, number>>;
  /** By `operator@path:line`. */
  readonly byEdit?: Readonly<Record<string, number>>;
}

/** What a Search asks of a Proposer. */
export interface ProposalRequest {
  readonly parent: CandidateId;
  /** How many elementary edits in one step (1 unless the search wants a jump). */
  readonly edits: number;
  /** Other candidates worth looking at (crossover, inspirations). */
  readonly inspirations?: readonly CandidateId[];
  /**
   * What to take from the inspirations, where a file is made of blocks: one block as it is there, or the edits that one of its blocks went
   * through, made to another block. Without it, and for proposers that know no blocks: their changes as a whole.
   */
  readonly combine?: "block" | "thought";
  /** Sharpness of the proposer's distribution: 0 takes the likeliest untried edit, 1 samples. */
  readonly temperature: number;
  readonly island?: number;
  /** For this request alone. A proposer that does not choose among elementary edits leaves them aside. */
  readonly weights?: EditWeights;
  /** The same in words, for proposers that read: what was learned from siblings, or the hypothesis to follow. */
  readonly hint?: string;
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
  /** What it is built on, when that is another candidate than the request's parent: the step before, of somebody who makes several. */
  readonly parent?: CandidateId;
  readonly edits: Readonly<Record<string, readonly TextEdit[]>>;
  readonly origin: Origin;
}

export interface ProposeContext {
  readonly archive: ArchiveView;
  /** Text of a file in a candidate's tree. */
  read(candidate: CandidateId, path: string): string;
  /** Paths that may change. */
  readonly editable: readonly string[];
  /** Why a path may be neither changed nor made anew, or null. */
  refuses(path: string): string | null;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  /** Number of the request within the run. */
  readonly n: number;
  /**
   * Asks somebody slow or paid outside: a model, an agent, a person. The answer comes from the run's record when it has one; else the bound
   * is reserved in the budget, the call is made, and its answer (or its fault) is on record before this returns. `name` is unique within the
   * request. What comes back is the answer as JSON reads it. Throws an AnswerFault when the call failed or the budget has no room for it; a
   * PawlError thrown by the call is not recorded and ends the run. Whoever asks reads the archive before the first question.
   */
  ask<T extends Json>(name: string, bound: AskBound, get: (signal: AbortSignal) => Promise<Answer<T>>): Promise<T>;
  /** Sets aside what all questions of this request may cost together, before the first. Without it the first question's bound is all. */
  reserve(bound: AskBound): Promise<void>;
  /** One line for the record: what came of an answer. A function of what was recorded only. */
  note(line: string): void;
}

/** What a call may cost at most. A unit that is left out counts as nothing: the price is not known. */
export interface AskBound {
  readonly tokens?: number;
  /** US dollars. */
  readonly dollars?: number;
}

/** What somebody outside answered, and what it cost. Null dollars: the price is not known. */
export interface Answer<T extends Json> {
  readonly value: T;
  readonly tokens?: number;
  readonly dollars?: number | null;
}

/** What the answers of one request cost together. */
export interface Spent {
  readonly answers: number;
  readonly tokens: number;
  readonly dollars: number;
  /** Answers whose price is not known; `dollars` is without them. */
  readonly unpriced: number;
}

/** What a learner sees of an attempt. */
export type Experience = Evaluated & {
  readonly n: number;
  readonly parentFitness: number | null;
  readonly spent: Spent;
};

/** A request for which somebody was asked and no new candidate came. */
export interface Miss {
  readonly n: number;
  readonly request: ProposalRequest;
  /** Proposals that were not taken, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly spent: Spent;
}

/** Makes candidates. Deterministic in (request, context, what it has learned). */
export interface Proposer {
  readonly id: string;
  /**
   * Requests that may be open at once; default 1. Part of the run's identity, as the window is. What a proposer does before its first
   * question is done for one request after the other.
   */
  readonly concurrency?: number;
  /** True while it holds proposals that an earlier answer paid for: the run does not end as satisfied before they are judged. */
  readonly pending?: boolean;
  /** Yields proposals in order of preference; the engine takes the first that is new and allowed. Ends when there is nothing left. */
  propose(request: ProposalRequest, context: ProposeContext): AsyncIterable<Proposal>;
  learn?(experience: Experience): void;
  missed?(miss: Miss): void;
  /** Gives back processes and connections; whoever made the proposer calls it. */
  close?(): Promise<void>;
}
