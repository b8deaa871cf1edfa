/** Delays that grow: base, base·factor, base·factor², … up to a limit, with jitter from `random`. */
export function backoff({ base = 100, factor = 2, limit = 10_000, jitter = 0, random = Math.random } = {}) {
  return (attempt) => {
    const plain = Math.min(limit, base * factor ** attempt);
    return Math.round(plain * (1 - jitter * random()));
  };
}
