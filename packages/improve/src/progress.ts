import type { ArchiveEntry, ArchiveView, Budget, BudgetLimits, ProgressEvent, RunSession } from "@pawl/core";
import type { RunProgress } from "./options.ts";

/** What counts as the best so far, and how its fitness reads to the person who asked. */
export interface BestView {
  readonly best: (archive: ArchiveView) => ArchiveEntry;
  /** -1 where lower is better. */
  readonly sign: 1 | -1;
}

/** Turns what the engine reports into what a person watching wants to know. */
export class ProgressReporter {
  readonly #session: RunSession;
  readonly #tell: ((progress: RunProgress) => void) | undefined;
  readonly #view: BestView;
  #budget: Budget | null = null;
  #last: Omit<RunProgress, "seconds" | "left" | "run">;

  constructor(
    session: RunSession,
    tell: ((progress: RunProgress) => void) | undefined,
    view: BestView = { best: (archive) => archive.best(), sign: 1 },
  ) {
    this.#view = view;
    this.#session = session;
    this.#tell = tell;
    this.#last = { phase: "starting", screened: 0, confirmed: 0, kept: 0 };
  }

  phase(phase: string, budget: Budget | null = this.#budget): void {
    this.#budget = budget;
    this.#send({ ...this.#last, phase });
  }

  note(note: string): void {
    this.#send({ ...this.#last, note });
  }

  step(event: ProgressEvent): void {
    const { sign } = this.#view;
    const best = this.#view.best(event.archive);
    const shown = (fitness: number | null): number | null => (fitness === null ? null : sign * fitness);
    this.#send({
      phase: event.stage === "confirmed" ? "confirming" : "searching",
      trying: event.note,
      base: shown(event.archive.base.fitness),
      best: { summary: best.candidate.origin.summary, fitness: shown(best.fitness) },
      screened: event.screened,
      confirmed: event.confirmed,
      kept: event.kept.length,
    });
  }

  #send(update: Omit<RunProgress, "seconds" | "left" | "run">): void {
    const { note: _note, ...rest } = update;
    this.#last = rest;
    const left: BudgetLimits = this.#budget?.left() ?? {};
    this.#tell?.({ ...update, run: this.#session.id, left, seconds: this.#session.elapsed() });
  }
}
