import type { Candidate, CandidateId } from "./candidate.ts";
import type { AskBound, ProposalRequest } from "./contracts.ts";
import type { Json } from "./json.ts";
import type { Cost, Feedback, Status } from "./verdict.ts";

/**
 * What happened in a run, in order. `data` must repeat byte for byte when the run is replayed; `meta` (times, costs, messages with
 * addresses in them) may differ. Everything shown anywhere is computed from these.
 */
export type EventBody =
  | {
      readonly type: "started";
      readonly data: { readonly command: string; readonly config: Json };
      readonly meta?: Json;
    }
  /** Something read from the outside world: a baseline, a fault localisation, the learned prior at the start. Large values go to blobs. */
  | {
      readonly type: "observed";
      readonly data: { readonly name: string; readonly value: Json };
      readonly meta?: Json;
    }
  | {
      readonly type: "proposed";
      readonly data: {
        readonly n: number;
        readonly request: ProposalRequest;
        readonly candidate: Candidate;
        readonly skipped: Readonly<Record<string, number>>;
        /** What came of the answers it was made from. */
        readonly notes?: readonly string[];
      };
      readonly meta?: Json;
    }
  /** Somebody outside was asked, and no new candidate came of it. */
  | {
      readonly type: "missed";
      readonly data: {
        readonly n: number;
        readonly request: ProposalRequest;
        readonly skipped: Readonly<Record<string, number>>;
        readonly notes: readonly string[];
      };
      readonly meta?: Json;
    }
  /** An answer of a model, an agent or a person; in order of arrival, whatever else goes on. Large values go to blobs. */
  | { readonly type: "answered"; readonly data: AnsweredData; readonly meta?: Json }
  | { readonly type: "judged"; readonly data: JudgedData; readonly meta?: JudgedMeta }
  | {
      readonly type: "confirmed";
      readonly data: JudgedData & { readonly kept: boolean; readonly reason: string };
      readonly meta?: JudgedMeta;
    }
  | { readonly type: "stopped"; readonly data: { readonly reason: string }; readonly meta?: Json }
  | {
      readonly type: "finished";
      readonly data: {
        readonly outcome: Outcome;
        readonly best: CandidateId | null;
        readonly result: Json;
      };
      readonly meta?: Json;
    }
  /** The search goes on where the record ends: from here to the next word about the process, or to the end of the search, its time counts. */
  | { readonly type: "searching"; readonly data: Readonly<Record<string, never>>; readonly meta?: Json }
  | {
      readonly type: "paused" | "resumed" | "failed";
      readonly data: { readonly reason: string };
      readonly meta?: Json;
    };

export type Outcome = "fixed" | "not-fixed" | "improved" | "not-improved" | "faster" | "not-faster";

export interface AnsweredData {
  /** Number of the request. */
  readonly n: number;
  /** What was asked within the request. */
  readonly name: string;
  readonly value?: Json;
  /** Why there is no value. */
  readonly fault?: string;
  readonly tokens: number;
  /** US dollars; null when the price is not known. */
  readonly dollars: number | null;
  /** What the request had reserved: a replay has nobody who knows prices. */
  readonly reserved: AskBound;
}

export interface JudgedData {
  readonly n: number;
  readonly candidate: CandidateId;
  readonly status: Status;
  readonly scores: Readonly<Record<string, readonly number[]>>;
  readonly failing?: readonly string[];
}

export interface JudgedMeta {
  readonly cost: Cost;
  readonly feedback: readonly Feedback[];
  readonly evidence: readonly string[];
}

export type EventType = EventBody["type"];

export type RunEvent = EventBody & {
  /** 1, 2, 3 … without gaps within a run. */
  readonly seq: number;
  /** Milliseconds since 1970 when it was written. */
  readonly at: number;
};

/** Events about the process rather than about the run: left out when a run is replayed or compared. */
const LIFECYCLE: ReadonlySet<EventType> = new Set<EventType>(["searching", "paused", "resumed", "failed"]);

/** True for events that follow each other in the same order whenever the run is executed: all but the process's own and answers. */
export function isOrdered(event: { readonly type: EventType }): boolean {
  return event.type !== "answered" && !isLifecycle(event);
}

export function isLifecycle(event: { readonly type: EventType }): boolean {
  return LIFECYCLE.has(event.type);
}
