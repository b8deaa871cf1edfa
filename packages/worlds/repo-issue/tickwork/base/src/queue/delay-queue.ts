import { Heap } from "./heap.ts";

interface Entry<T> {
  readonly id: string;
  readonly at: number;
  readonly order: number;
  readonly value: T;
}

/** Values that become ready at a time; those of the same time in the order they came. */
export class DelayQueue<T> {
  readonly #heap = new Heap<Entry<T>>((a, b) => a.at - b.at || a.order - b.order);
  #count = 0;

  schedule(id: string, at: number, value: T): void {
    this.cancel(id);
    this.#heap.push({ id, at, order: this.#count++, value });
  }

  cancel(id: string): boolean {
    return this.#heap.remove((entry) => entry.id === id);
  }

  /** Take out everything that is ready at a time. */
  due(now: number): T[] {
    const ready: T[] = [];
    for (let next = this.#heap.peek(); next !== undefined && next.at <= now; next = this.#heap.peek()) {
      ready.push(this.#heap.pop()!.value);
    }
    return ready;
  }

  /** When the next value is ready, or null. */
  nextAt(): number | null {
    return this.#heap.peek()?.at ?? null;
  }

  get size(): number {
    return this.#heap.size;
  }
}
