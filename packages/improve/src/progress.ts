import type { Budget, BudgetLimits, ProgressEvent, RunSession } from "@pawl/core";
import type { RunProgress } from "./options.ts";

/** Turns what the engine reports into what a person watching wants to know. */
export class ProgressReporter {
  readonly #session: RunSession;
  readonly #tell: ((progress: RunProgress) => void) | undefined;
  #budget: Budget | null = null;
  #last: Omit<RunProgress, "seconds" | "left" | "run">;

  constructor(session: RunSession, tell: ((progress: RunProgress) => void) | undefined) {
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
    const best = event.archive.best();
    this.#send({
      phase: event.stage === "confirmed" ? "confirming" : "searching",
      trying: event.note,
      base: event.archive.base.fitness,
      best: { summary: best.candidate.origin.summary, fitness: best.fitness },
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
