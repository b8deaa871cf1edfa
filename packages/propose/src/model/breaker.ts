/**
 * Circuit breaker: after a number of failures in a row the other side is left alone for a while; then one call tries whether it is back, and
 * the while doubles if it is not. Times are milliseconds, passed in.
 */
export class CircuitBreaker {
  readonly #threshold: number;
  readonly #firstPause: number;
  readonly #longestPause: number;
  #failures = 0;
  #pause: number;
  #openUntil = 0;
  #probing = false;

  constructor(threshold = 8, firstPause = 5_000, longestPause = 120_000) {
    this.#threshold = threshold;
    this.#firstPause = firstPause;
    this.#longestPause = longestPause;
    this.#pause = firstPause;
  }

  /** Milliseconds until a call may be tried; 0 lets it through now, and then `succeeded` or `failed` or `dropped` must follow. */
  wait(now: number): number {
    if (this.#failures < this.#threshold) return 0;
    if (now < this.#openUntil) return this.#openUntil - now;
    if (this.#probing) return this.#firstPause;
    this.#probing = true;
    return 0;
  }

  /** True while calls are kept back. */
  isOpen(now: number): boolean {
    return this.#failures >= this.#threshold && (now < this.#openUntil || this.#probing);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pause = this.#firstPause;
    this.#probing = false;
  }

  failed(now: number): void {
    this.#failures += 1;
    this.#probing = false;
    if (this.#failures < this.#threshold || now < this.#openUntil) return;
    this.#openUntil = now + this.#pause;
    this.#pause = Math.min(this.#pause * 2, this.#longestPause);
  }

  /** The call ended without saying anything about the other side. */
  dropped(): void {
    this.#probing = false;
  }
}
