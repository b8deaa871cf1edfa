import type { Rng } from "./rng.ts";

/** MAP-Elites grid (Mouret & Clune 2015): the best item of each cell. All operations O(1). */
export class CellMap<T> {
  readonly #cells = new Map<string, { index: number; fitness: number; item: T }>();
  readonly #order: string[] = [];

  /** True when the item became the elite of its cell. Ties keep the earlier elite. */
  add(key: string, fitness: number, item: T): boolean {
    const cell = this.#cells.get(key);
    if (cell === undefined) {
      this.#cells.set(key, { index: this.#order.length, fitness, item });
      this.#order.push(key);
      return true;
    }
    if (fitness <= cell.fitness) return false;
    cell.fitness = fitness;
    cell.item = item;
    return true;
  }

  get size(): number {
    return this.#order.length;
  }

  get(key: string): T | undefined {
    return this.#cells.get(key)?.item;
  }

  /** A uniformly drawn elite; undefined when empty. */
  sample(rng: Rng): T | undefined {
    return this.#order.length === 0 ? undefined : this.get(rng.pick(this.#order));
  }

  entries(): readonly (readonly [key: string, fitness: number, item: T])[] {
    return this.#order.map((key) => {
      const cell = this.#cells.get(key) as { fitness: number; item: T };
      return [key, cell.fitness, cell.item] as const;
    });
  }
}
