/** A clock for tests: time goes on only when it is told to. */
export class ManualClock {
  #now;

  constructor(now = 0) {
    this.#now = now;
  }

  now() {
    return this.#now;
  }

  advance(milliseconds) {
    this.#now += milliseconds;
  }
}

export const systemClock = { now: () => Date.now() };
