export interface Request {
  readonly client: string;
  readonly at: number;
}

export interface Limits {
  /** Requests of one client in the window. */
  readonly perClient: number;
  /** Requests of all clients together in the window. */
  readonly total: number;
  readonly window: number;
}

type Verdict = 'ok' | 'client' | 'total';

function judge(accepted: readonly Request[], request: Request, limits: Limits): Verdict {
  const recent = accepted.filter((other) => request.at - other.at < limits.window);
  const own = recent.filter((other) => other.client === request.client);
  if (own.length >= limits.perClient) return 'client';
  if (recent.length >= limits.total) return 'total';
  return 'ok';
}

/** A verdict per request, in order of time; refused requests do not count later. */
export function judgeAll(requests: readonly Request[], limits: Limits): Verdict[] {
  const accepted: Request[] = [];
  let last = -Infinity;
  return requests.map((request) => {
    if (request.at < last) throw new RangeError('requests must be in order of time');
    last = request.at;
    const verdict = judge(accepted, request, limits);
    if (verdict === 'ok') accepted.push(request);
    return verdict;
  });
}

/** The earliest time at or after `at` when the client's next request would be accepted. */
export function retryAt(accepted: readonly Request[], request: Request, limits: Limits): number {
  let at = request.at;
  const leaving = accepted.map((other) => other.at + limits.window).sort((a, b) => a - b);
  for (const time of leaving) {
    if (judge(accepted, { ...request, at }, limits) === 'ok') return at;
    at = Math.max(at, time);
  }
  return judge(accepted, { ...request, at }, limits) === 'ok' ? at : Infinity;
}
