class GaveUp extends Error {
  constructor(attempts, cause) {
    super(`gave up after ${attempts} attempts`, { cause });
    this.name = 'GaveUp';
  }
}

function backoff(attempt, base, cap) {
  return Math.min(base * 2 ** (attempt - 1), cap);
}

/** Run `operation` until it succeeds; `pause` is called between attempts. */
export async function retry(operation, { attempts = 3, base = 10, cap = 1000, pause } = {}) {
  let last;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const value = operation(attempt);
      return { value, attempt };
    } catch (error) {
      if (error.fatal) throw error;
      last = error;
      if (attempt < attempts) await pause(backoff(attempt, base, cap));
    }
  }
  throw new GaveUp(attempts, last);
}

/** A simulated service: each outcome is a value, or 'fail' or 'fatal'. */
export async function simulate(outcomes, options = {}) {
  const pauses = [];
  const operation = async (attempt) => {
    const outcome = outcomes[attempt - 1] ?? 'fail';
    if (outcome === 'fatal') throw Object.assign(new TypeError('fatal'), { fatal: true });
    if (outcome === 'fail') throw new Error('try again');
    return outcome;
  };
  const pause = async (ms) => { pauses.push(ms); };
  const { value, attempt } = await retry(operation, { ...options, pause });
  return { value: await value, attempt, pauses };
}
