/** Items with weights, from which one is drawn in proportion to its weight; changes and draws in O(log size). */
export class SumTree<T> {
  /** A binary heap of sums: leaf i is at `#width + i`, the sum of 2i and 2i + 1 at i. Sums are made anew, so nothing drifts. */
  #sums = new Float64Array(2);
  #width = 1;
  readonly #items: (T | undefined)[] = [];
  readonly #places = new Map<T, number>();
  readonly #free: number[] = [];

  get size(): number {
    return this.#places.size;
  }

  get total(): number {
    return this.#sums[1] as number;
  }

  set(item: T, weight: number): void {
    let place = this.#places.get(item);
    if (place === undefined) {
      place = this.#free.pop() ?? this.#items.length;
      this.#items[place] = item;
      this.#places.set(item, place);
      if (place >= this.#width) this.#grow();
    }
    this.#put(place, weight);
  }

  delete(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    this.#items[place] = undefined;
    this.#free.push(place);
    this.#put(place, 0);
  }

  /** The item at `share` (in [0, 1)) of the total; null when no weight is positive. */
  at(share: number): T | null {
    if (!(this.total > 0)) return null;
    let rest = share * this.total;
    let place = 1;
    while (place < this.#width) {
      const left = this.#sums[2 * place] as number;
      // A sum that was rounded up must not lead into an empty half.
      const goesLeft = rest < left || !((this.#sums[2 * place + 1] as number) > 0);
      if (!goesLeft) rest -= left;
      place = 2 * place + (goesLeft ? 0 : 1);
    }
    return this.#items[place - this.#width] ?? null;
  }

  #put(place: number, weight: number): void {
    let at = this.#width + place;
    this.#sums[at] = weight;
    for (at >>= 1; at >= 1; at >>= 1)
      this.#sums[at] = (this.#sums[2 * at] as number) + (this.#sums[2 * at + 1] as number);
  }

  #grow(): void {
    const weights = this.#sums.slice(this.#width);
    this.#width *= 2;
    this.#sums = new Float64Array(2 * this.#width);
    this.#sums.set(weights, this.#width);
    for (let at = this.#width - 1; at >= 1; at--)
      this.#sums[at] = (this.#sums[2 * at] as number) + (this.#sums[2 * at + 1] as number);
  }
}
