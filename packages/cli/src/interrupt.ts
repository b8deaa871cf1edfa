const QUICKLY_MS = 2000;

/**
 * Makes Ctrl-C (and SIGTERM, SIGHUP, `pawl stop`) a polite request: the signal aborts, the run saves its state. A second Ctrl-C within
 * two seconds ends the process at once; what was stored stays stored.
 */
export function onInterrupt(say: () => void): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  let last = Number.NEGATIVE_INFINITY;
  const polite = (): void => {
    if (controller.signal.aborted) return;
    controller.abort();
    say();
  };
  const keyboard = (): void => {
    const now = performance.now();
    if (now - last < QUICKLY_MS) process.exit(130);
    last = now;
    polite();
  };
  process.on("SIGINT", keyboard);
  process.on("SIGTERM", polite);
  process.on("SIGHUP", polite);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", keyboard);
      process.off("SIGTERM", polite);
      process.off("SIGHUP", polite);
    },
  };
}
