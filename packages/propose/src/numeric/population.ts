import { scales } from "./strategy.ts";
import type { NumericStrategy, Suggestion } from "./strategy.ts";

/** An optimiser that maximises by generations, such as CmaEs of the search room. */
export interface VectorOptimiser {
  ask(): number[][];
  tell(fitness: readonly (number | null)[]): void;
}

export interface PopulationOptions {
  readonly id: string;
  /** The numbers of the base file. */
  readonly initial: readonly number[];
  /** What a vector becomes when it is written (whole numbers are rounded), so that it is known again when its fitness arrives. */
  readonly written: (values: readonly number[]) => number[];
  /** Makes the optimiser for n variables that start at 0 and are measured in their own scale. */
  readonly optimiser: (start: readonly number[]) => VectorOptimiser;
}

/** Vectors of an optimiser that works by generations, whatever the parent: the members of the present generation in turn. */
export class Population implements NumericStrategy {
  readonly id: string;
  readonly #o: PopulationOptions;
  readonly #scale: readonly number[];
  readonly #optimiser: VectorOptimiser;
  #generation = 0;
  #members: readonly (readonly number[])[] = [];
  #fitness: (number | null | undefined)[] = [];
  #given = 0;

  constructor(options: PopulationOptions) {
    this.id = options.id;
    this.#o = options;
    this.#scale = scales(options.initial);
    this.#optimiser = options.optimiser(options.initial.map(() => 0));
    this.#load();
  }

  async *suggest(parent: readonly number[]): AsyncIterable<Suggestion> {
    if (parent.length !== this.#scale.length) return;
    for (let tries = 0; tries < 20 * this.#members.length; tries++) {
      // A member that was refused (a duplicate after rounding) never gets a fitness; it must not hold up the generation.
      if (this.#given === this.#members.length) this.#close();
      const member = this.#given++;
      if (this.#fitness[member] !== undefined) continue;
      yield {
        values: this.#members[member] as readonly number[],
        summary: `${this.id}: generation ${this.#generation}, member ${member + 1} of ${this.#members.length}`,
      };
    }
  }

  tell(values: readonly number[], fitness: number | null): void {
    for (const [i, member] of this.#members.entries()) {
      if (member.every((value, j) => value === values[j])) this.#fitness[i] = fitness;
    }
    if (this.#fitness.every((each) => each !== undefined)) this.#close();
  }

  #close(): void {
    this.#optimiser.tell(this.#fitness.map((fitness) => fitness ?? null));
    this.#load();
  }

  #load(): void {
    const { initial, written } = this.#o;
    this.#generation++;
    this.#members = this.#optimiser
      .ask()
      .map((steps) => written(steps.map((step, j) => (initial[j] as number) + step * (this.#scale[j] as number))));
    this.#fitness = this.#members.map(() => undefined);
    this.#given = 0;
  }
}
