/** A binary heap; the smallest item by the comparison comes out first. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    this.#items.push(item);
    this.#up(this.#items.length - 1);
  }

  pop(): T | undefined {
    const [first] = this.#items;
    const last = this.#items.pop();
    if (this.#items.length > 0 && last !== undefined) {
      this.#items[0] = last;
      this.#down(0);
    }
    return first;
  }

  /** Take out the first item that fits; whether there was one. */
  remove(fits: (item: T) => boolean): boolean {
    const at = this.#items.findIndex(fits);
    if (at === -1) return false;
    const last = this.#items.pop()!;
    if (at < this.#items.length) {
      this.#items[at] = last;
      this.#down(at);
      this.#up(at);
    }
    return true;
  }

  #up(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = Math.floor((at - 1) / 2);
      if (this.#compare(this.#items[at]!, this.#items[parent]!) >= 0) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(start: number): void {
    let at = start;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.size && this.#compare(this.#items[left]!, this.#items[least]!) < 0) least = left;
      if (right < this.size && this.#compare(this.#items[right]!, this.#items[least]!) < 0) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!];
  }
}
