export interface GateLimits {
  /** Calls in flight at once. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
}

interface Waiting {
  readonly enter: () => void;
  left: boolean;
}

/**
 * Lets calls to one provider through: so many at once, so many a minute at an even pace, and none while the provider has asked for a pause.
 */
export class Gate {
  readonly limits: GateLimits;
  #inside = 0;
  #queue: Waiting[] = [];
  #head = 0;
  #nextByRequests = 0;
  #nextByTokens = 0;
  #pausedUntil = 0;

  constructor(limits: GateLimits) {
    this.limits = limits;
  }

  /** Waits for a place and for the pace; the function returned gives the place back. Throws an AbortError when `signal` is aborted. */
  async enter(tokens: number, signal: AbortSignal): Promise<() => void> {
    await this.#place(signal);
    let open = true;
    const leave = (): void => {
      if (open) this.#leave();
      open = false;
    };
    try {
      await sleep(this.#pace(tokens) - Date.now(), signal);
      for (let left = this.#pausedUntil - Date.now(); left > 0; left = this.#pausedUntil - Date.now())
        await sleep(left, signal);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Nobody enters before then (milliseconds since 1970). */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
  }

  /** When the next call may start by the limits per minute. */
  #pace(tokens: number): number {
    const { requestsPerMinute, tokensPerMinute } = this.limits;
    const now = Date.now();
    let start = now;
    if (requestsPerMinute !== undefined) {
      start = Math.max(start, this.#nextByRequests);
      this.#nextByRequests = Math.max(now, this.#nextByRequests) + 60_000 / requestsPerMinute;
    }
    if (tokensPerMinute !== undefined) {
      start = Math.max(start, this.#nextByTokens);
      this.#nextByTokens = Math.max(now, this.#nextByTokens) + (60_000 * tokens) / tokensPerMinute;
    }
    return start;
  }

  #place(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortError(signal);
    if (this.#inside < this.limits.concurrency) {
      this.#inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leaveQueue = (): void => {
        waiting.left = true;
        reject(abortError(signal));
      };
      const waiting: Waiting = {
        left: false,
        enter: () => {
          signal.removeEventListener("abort", leaveQueue);
          resolve();
        },
      };
      signal.addEventListener("abort", leaveQueue, { once: true });
      this.#queue.push(waiting);
    });
  }

  /** Hands the place to who waits longest. */
  #leave(): void {
    while (this.#head < this.#queue.length) {
      const next = this.#queue[this.#head++] as Waiting;
      if (this.#head > 64 && this.#head * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
      if (next.left) continue;
      next.enter();
      return;
    }
    this.#inside -= 1;
  }
}

/** Waits; throws an AbortError as soon as `signal` is aborted. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw abortError(signal);
  if (!(milliseconds > 0)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(abortError(signal));
    };
    // A timer of more than 2^31 - 1 ms fires at once.
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(milliseconds, 2_147_483_647),
    );
    signal.addEventListener("abort", stop, { once: true });
  });
}

export function abortError(signal: AbortSignal): Error {
  const { reason } = signal as { reason: unknown };
  return reason instanceof Error && reason.name === "AbortError"
    ? reason
    : new DOMException("the call was aborted", "AbortError");
}
