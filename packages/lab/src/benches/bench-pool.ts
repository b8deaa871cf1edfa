import { Remembered } from "./remembered.ts";

/** The benches of a recipe by name, each opened when it is asked for first. */
export class BenchPool<Task, Bench extends { close(): Promise<void> }> {
  readonly #open: (tasks: readonly Task[]) => Promise<Bench>;
  readonly #benches = new Remembered<Bench>();

  constructor(open: (tasks: readonly Task[]) => Promise<Bench>) {
    this.#open = open;
  }

  of(name: string, tasks: () => readonly Task[]): Promise<Bench> {
    return this.#benches.get(name, () => this.#open(tasks()));
  }

  async close(): Promise<void> {
    const benches = await this.#benches.take();
    await Promise.all(benches.map((bench) => bench.close()));
  }
}
