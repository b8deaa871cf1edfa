/** What was made for a key, so that it is made once, by whoever asks first; also while it is still being made. A failure is not kept. */
export class Remembered<T> {
  readonly #made = new Map<string, Promise<T>>();

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    return made;
  }
}
