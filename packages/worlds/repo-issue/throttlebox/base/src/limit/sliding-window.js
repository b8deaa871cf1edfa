import { systemClock } from '../clock.js';

/** At most `limit` calls within any span of `window` milliseconds. */
export class SlidingWindow {
  #times = [];

  constructor({ limit, window, clock = systemClock }) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  take() {
    this.#drop();
    if (this.#times.length >= this.limit) return false;
    this.#times.push(this.clock.now());
    return true;
  }

  /** Milliseconds until the next call may be made. */
  waitFor() {
    this.#drop();
    if (this.#times.length < this.limit) return 0;
    return this.#times[0] + this.window - this.clock.now();
  }

  #drop() {
    const start = this.clock.now() - this.window;
    while (this.#times.length > 0 && this.#times[0] <= start) this.#times.shift();
  }
}
