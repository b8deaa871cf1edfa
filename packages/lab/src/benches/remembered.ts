/**
 * What was made for a key, so that it is made once, by whoever asks first; also while it is still being made. A failure is not kept, nor is an answer
 * that `keeps` refuses.
 */
export class Remembered<T> {
  readonly #made = new Map<string, Promise<T>>();
  readonly #keeps: (answer: T) => boolean;

  constructor(keeps: (answer: T) => boolean = () => true) {
    this.#keeps = keeps;
  }

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(key, made);
    const forget = (): void => {
      // What was asked for anew in the meantime is another's.
      if (this.#made.get(key) === made) this.#made.delete(key);
    };
    made.then((answer) => this.#keeps(answer) || forget(), forget);
    return made;
  }

  /** Forgets everything and gives it back, to be closed; what failed, or still fails, is left out. */
  async take(): Promise<readonly T[]> {
    const made = [...this.#made.values()];
    this.#made.clear();
    const settled = await Promise.allSettled(made);
    return settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  }
}
