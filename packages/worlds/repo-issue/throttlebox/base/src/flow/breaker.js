import { systemClock } from '../clock.js';

/**
 * Stops calling what keeps failing: after `threshold` failures in a row it is
 * open for `cooldown` milliseconds, then lets one call through to try.
 */
export class Breaker {
  #failures = 0;
  #openedAt = null;
  #trying = false;

  constructor(fn, { threshold = 5, cooldown = 1000, clock = systemClock } = {}) {
    this.fn = fn;
    this.threshold = threshold;
    this.cooldown = cooldown;
    this.clock = clock;
  }

  get state() {
    if (this.#openedAt === null) return 'closed';
    return this.clock.now() - this.#openedAt >= this.cooldown ? 'half-open' : 'open';
  }

  async call(...args) {
    const { state } = this;
    if (state === 'open' || (state === 'half-open' && this.#trying)) throw new Error('breaker is open');
    this.#trying = state === 'half-open';
    try {
      const result = await this.fn(...args);
      this.#failures = 0;
      this.#openedAt = null;
      return result;
    } catch (error) {
      this.#failures += 1;
      if (state === 'half-open' || this.#failures >= this.threshold) this.#openedAt = this.clock.now();
      throw error;
    } finally {
      this.#trying = false;
    }
  }
}
