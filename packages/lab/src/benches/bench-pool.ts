/** The benches of a recipe by name, each opened when it is asked for first. */
export class BenchPool<Task, Bench extends { close(): Promise<void> }> {
  readonly #open: (tasks: readonly Task[]) => Promise<Bench>;
  readonly #benches = new Map<string, Promise<Bench>>();

  constructor(open: (tasks: readonly Task[]) => Promise<Bench>) {
    this.#open = open;
  }

  of(name: string, tasks: () => readonly Task[]): Promise<Bench> {
    const bench = this.#benches.get(name) ?? this.#open(tasks());
    this.#benches.set(name, bench);
    return bench;
  }

  async close(): Promise<void> {
    const benches = [...this.#benches.values()];
    this.#benches.clear();
    await Promise.all(benches.map(async (bench) => (await bench).close()));
  }
}
