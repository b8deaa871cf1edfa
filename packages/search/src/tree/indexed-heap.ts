interface Entry<T> {
  readonly item: T;
  key: number;
  /** Among equal keys the lowest comes first. */
  tie: number;
}

/** A heap, greatest key first, whose items can be given another key or be taken out: each in O(log size). */
export class IndexedHeap<T> {
  readonly #entries: Entry<T>[] = [];
  readonly #places = new Map<T, number>();

  get size(): number {
    return this.#entries.length;
  }

  top(): Readonly<Entry<T>> | null {
    return this.#entries[0] ?? null;
  }

  set(item: T, key: number, tie: number): void {
    const place = this.#places.get(item);
    if (place === undefined) {
      this.#entries.push({ item, key, tie });
      this.#places.set(item, this.#entries.length - 1);
      this.#rise(this.#entries.length - 1);
      return;
    }
    Object.assign(this.#entries[place] as Entry<T>, { key, tie });
    this.#sink(this.#rise(place));
  }

  delete(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    const last = this.#entries.pop() as Entry<T>;
    if (place === this.#entries.length) return;
    this.#entries[place] = last;
    this.#places.set(last.item, place);
    this.#sink(this.#rise(place));
  }

  #rise(from: number): number {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#before(place, above)) break;
      this.#swap(place, above);
      place = above;
    }
    return place;
  }

  #sink(from: number): void {
    for (let place = from; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      if (left >= this.#entries.length) return;
      const better = right < this.#entries.length && this.#before(right, left) ? right : left;
      if (!this.#before(better, place)) return;
      this.#swap(place, better);
      place = better;
    }
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#entries[a] as Entry<T>, this.#entries[b] as Entry<T>];
    return x.key > y.key || (x.key === y.key && x.tie < y.tie);
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#entries[a] as Entry<T>, this.#entries[b] as Entry<T>];
    this.#entries[a] = y;
    this.#entries[b] = x;
    this.#places.set(x.item, b);
    this.#places.set(y.item, a);
  }
}
