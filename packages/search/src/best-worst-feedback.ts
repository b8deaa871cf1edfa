import type { EditNote, EditWeights, Evaluated } from "@pawl/core";

export interface FeedbackParts {
  /** An edit that made a round's worst candidate is taken less often. */
  readonly worst?: boolean;
  /** What the best candidate's verdict says about where to go on. */
  readonly critique?: boolean;
}

/** Factor of an edit for each time that it was part of a round's worst candidate, up to so many times. */
const AVOID = Math.log(0.3);
const MOST_TIMES = 4;
/** Factor of lines that the best candidate changed already: what worked is not to be undone. */
const KEEP = Math.log(0.3);
/** Factor of lines that the best candidate's failures name. */
const CHANGE = Math.log(3);
/** Edits of worst candidates that are remembered. */
const REMEMBERED = 64;

/** What a round of candidates taught, as weights of edits and in words: the directional critique of the best, and what made the worst. */
export class BestWorstFeedback {
  readonly #parts: Required<FeedbackParts>;
  /** How often an edit made a round's worst, the latest last. */
  readonly #avoided = new Map<string, number>();

  constructor(parts: FeedbackParts = {}) {
    this.#parts = { worst: true, critique: true, ...parts };
  }

  /** A round's worst candidate, against its parent. Its lines are those of that parent; edits seldom move others by much. */
  avoid(worst: Evaluated): void {
    if (!this.#parts.worst) return;
    for (const note of worst.candidate.origin.edits ?? []) {
      const key = `${note.operator}@${placeOf(note)}`;
      const times = (this.#avoided.get(key) ?? 0) + 1;
      this.#avoided.delete(key); // move to the end: the oldest comes first
      this.#avoided.set(key, times);
      const oldest = this.#avoided.keys().next().value;
      if (this.#avoided.size > REMEMBERED && oldest !== undefined) this.#avoided.delete(oldest);
    }
  }

  /** Weights for edits of the best candidate; undefined when there is nothing to say. */
  weights(best: Evaluated): EditWeights | undefined {
    const byEdit = Object.fromEntries(
      [...this.#avoided].map(([key, times]) => [key, Math.min(times, MOST_TIMES) * AVOID]),
    );
    const byLine: Record<string, number> = {};
    if (this.#parts.critique) {
      for (const { path, line } of best.verdict.feedback)
        if (path !== undefined && line !== undefined) byLine[`${path}:${line}`] = CHANGE;
      for (const note of best.candidate.origin.edits ?? []) byLine[placeOf(note)] = KEEP;
    }
    if (this.#avoided.size === 0 && Object.keys(byLine).length === 0) return undefined;
    return { byEdit, byLine };
  }

  /** The same for whoever reads. */
  hint(best: Evaluated, worst: Evaluated | null): string {
    const wrong = best.verdict.feedback.slice(0, 3).map(({ name, message, expected, actual }) => {
      const values = expected === undefined ? "" : `, expected ${expected}, got ${actual ?? "nothing"}`;
      return `${name === undefined ? "" : `${name}: `}${message}${values}`;
    });
    const parts = this.#parts;
    const { candidate, fitness } = best;
    return [
      candidate.parents.length === 0
        ? `No attempt is better than the start, which scores ${fitness ?? "nothing"}.`
        : `The best attempt so far scores ${fitness ?? "nothing"}: ${candidate.origin.summary}. Keep what it got right.`,
      ...(parts.critique && wrong.length > 0 ? [`What is still wrong with it: ${wrong.join("; ")}.`] : []),
      ...(parts.worst && worst !== null
        ? [
            `The worst of the last round scores ${worst.fitness ?? "nothing"}: ${worst.candidate.origin.summary}. Avoid that.`,
          ]
        : []),
    ].join(" ");
  }
}

function placeOf({ path, line }: EditNote): string {
  return `${path}:${line}`;
}
