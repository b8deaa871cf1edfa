import { backoff } from './backoff.js';

/**
 * Calls a function until it succeeds. `attempts` counts all calls, the first
 * one included; errors that `when` refuses are thrown at once.
 */
export async function retry(fn, { attempts = 3, delay = backoff(), when = () => true, sleep = wait } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fn(attempt);
    } catch (error) {
      if (attempt + 1 >= attempts || !when(error)) throw error;
      await sleep(delay(attempt));
    }
  }
}

function wait(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
