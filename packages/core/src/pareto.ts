interface Placed<T> {
  readonly point: readonly number[];
  readonly item: T;
}

/** The items whose points no other point dominates (higher is better in every coordinate). Insertion costs O(size of the front). */
export class ParetoFront<T> {
  #placed: Placed<T>[] = [];

  /** True when the item joined the front. An equal point does not displace the earlier item. */
  add(point: readonly number[], item: T): boolean {
    const others = this.#placed.filter((each) => each.item !== item);
    if (others.some((each) => noWorse(each.point, point))) {
      this.#placed = others;
      return false;
    }
    this.#placed = others.filter((each) => !noWorse(point, each.point));
    this.#placed.push({ point, item });
    return true;
  }

  items(): readonly T[] {
    return this.#placed.map((each) => each.item);
  }
}

function noWorse(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value >= (b[i] as number));
}
