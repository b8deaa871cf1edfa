import type { ArchiveView, CandidateId, Evaluated, Json, ProposalRequest, Rng, Search } from "@pawl/core";
import { ExhaustedRequests } from "./requests.ts";
import { chooseStep, isGoal } from "./steps.ts";

export interface AnnealingOptions {
  /** Share of losses of the usual size that are accepted at the start of a cycle. */
  readonly acceptance?: number;
  /** The temperature at the end of a cycle, as a share of that at its start. */
  readonly coldest?: number;
  /** Verdicts in the first cycle; each further one is twice as long. */
  readonly cycle?: number;
  readonly temperature?: number;
}

interface Point {
  readonly id: CandidateId;
  readonly fitness: number;
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983): one current candidate; a better child takes its place, a worse one with probability
 * exp(−loss / temperature). Scores have units of their own, so the temperature is in units of the mean loss seen so far (after Johnson et al.
 * 1989, who choose the start by the share accepted). The budget is not known, so cycles of cooling get longer, each from the best so far.
 */
export class Annealing implements Search {
  readonly id = "annealing";
  readonly #o: Required<AnnealingOptions>;
  readonly #exhausted = new ExhaustedRequests();
  /** Told since the last ask: whether a loss is accepted is drawn then. */
  #told: Point[] = [];
  #current: Point | null = null;
  #best: Point | null = null;
  #cycle: number;
  #step = 0;
  #losses = 0;
  #lossSum = 0;

  constructor(options: AnnealingOptions = {}) {
    this.#o = { acceptance: 0.5, coldest: 0.02, cycle: 40, temperature: 1, ...options };
    this.#cycle = this.#o.cycle;
  }

  ask(view: ArchiveView, rng: Rng): ProposalRequest {
    const base = { id: view.base.candidate.id, fitness: view.base.fitness ?? -Infinity };
    this.#best ??= base;
    this.#current ??= base;
    for (const point of this.#told.splice(0)) this.#move(point, rng);
    // A place that is used up is left: for the best, and then for the base.
    for (const { id: parent } of [this.#current, this.#best, base]) {
      const edits = chooseStep(this.#exhausted, parent, rng);
      if (edits !== null) return { parent, edits, temperature: this.#o.temperature };
    }
    this.#exhausted.askInVain();
    return { parent: base.id, edits: 1, temperature: this.#o.temperature };
  }

  tell(result: Evaluated): void {
    this.#exhausted.answered();
    const { candidate, fitness } = result;
    if (fitness !== null && !isGoal(result)) this.#told.push({ id: candidate.id, fitness });
  }

  exhausted(request: ProposalRequest): void {
    this.#exhausted.add(request);
  }

  done(): boolean {
    return this.#exhausted.over();
  }

  state(): Json {
    return {
      current: this.#current?.id ?? null,
      best: this.#best?.id ?? null,
      step: this.#step,
      cycle: this.#cycle,
      meanLoss: this.#losses === 0 ? null : this.#lossSum / this.#losses,
    };
  }

  #move(point: Point, rng: Rng): void {
    const [current, best] = [this.#current as Point, this.#best as Point];
    const loss = current.fitness - point.fitness;
    if (loss > 0 && Number.isFinite(loss)) {
      this.#losses += 1;
      this.#lossSum += loss;
    }
    // A plateau is walked along: at no temperature is it a loss.
    if (loss <= 0 || rng.uniform() < Math.exp(-loss / this.#heat())) this.#current = point;
    if (point.fitness > best.fitness) this.#best = point;
    this.#step += 1;
    if (this.#step < this.#cycle) return;
    this.#step = 0;
    this.#cycle *= 2;
    this.#current = this.#best;
  }

  /** From the temperature at which the usual loss is accepted with the probability asked for, down to the coldest, geometrically. */
  #heat(): number {
    const usual = this.#losses === 0 ? 1 : this.#lossSum / this.#losses;
    const start = usual / -Math.log(this.#o.acceptance);
    return start * this.#o.coldest ** (this.#step / this.#cycle);
  }
}
