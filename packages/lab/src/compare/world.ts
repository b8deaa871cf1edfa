/** One way to search: a strategy, and who makes the candidates. */
export interface CompareArm {
  /** As reports name it: `beam`, `beam × cma-es`, `beam, again`. */
  readonly id: string;
  readonly search: string;
  readonly proposer: string;
  /** The A/A control: the same once more, with other random numbers. */
  readonly again: boolean;
}

/** What one arm did on one task with one seed. */
export interface Trace {
  /** `[evaluations, value]`: from so many evaluations on, this is what was reached. Starts at 0 evaluations; both ascend. */
  readonly steps: readonly (readonly [evaluations: number, value: number])[];
  /** Candidates evaluated; fewer than the budget when the run ended by itself. */
  readonly evaluations: number;
  /** What was reached, measured by what the search never saw; null when nothing was held out. */
  readonly heldOut: number | null;
}

export interface RunSetting {
  readonly seed: number;
  /** Candidates a run may evaluate. */
  readonly evaluations: number;
  readonly signal: AbortSignal;
}

/** A task made ready; several arms run on it, one after the other. */
export interface OpenTask {
  run(arm: Pick<CompareArm, "search" | "proposer">, setting: RunSetting): Promise<Trace>;
  close(): Promise<void>;
}

/** Tasks on which searches are compared. */
export interface CompareWorld {
  readonly id: string;
  readonly title: string;
  /** `solved`: values are 0 or 1. `score`: values are scores, higher is better (a score to be minimised has its sign turned). */
  readonly measure: "solved" | "score";
  readonly tasks: readonly {
    readonly id: string;
    /** Changes when the task does: what is on record of another text is not about this one. */
    readonly key: string;
  }[];
  /** Throws a UsageError when somebody is no proposer here. */
  demandProposer(proposer: string): void;
  open(task: string): Promise<OpenTask>;
}

/** What was reached at a number of evaluations. */
export function valueAt({ steps }: Pick<Trace, "steps">, evaluations: number): number {
  return steps.findLast(([from]) => from <= evaluations)?.[1] ?? 0;
}
