import { RepairBench } from "./repair-bench.ts";
import type { BenchTask } from "./repair-setup.ts";

/** The benches of a recipe by name, each opened when it is asked for first. */
export class BenchPool {
  readonly #benches = new Map<string, Promise<RepairBench>>();

  of(name: string, tasks: () => readonly BenchTask[]): Promise<RepairBench> {
    const bench = this.#benches.get(name) ?? RepairBench.open(tasks());
    this.#benches.set(name, bench);
    return bench;
  }

  async close(): Promise<void> {
    const benches = [...this.#benches.values()];
    this.#benches.clear();
    await Promise.all(benches.map(async (bench) => (await bench).close()));
  }
}
