type Work<T, R> = (item: T, index: number) => Promise<R>;

/** Results in the order of the items; at most `limit` run at the same time. */
export async function mapPool<T, R>(items: readonly T[], limit: number, work: Work<T, R>): Promise<R[]> {
  if (!(limit >= 1)) throw new RangeError('limit must be at least 1');
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index], index);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  await Promise.all(workers);
  return results;
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
}

export interface Report {
  results: string[];
  started: string[];
  most: number;
}

/** Run named jobs that take some turns of the event loop each; what came out and how many ran at once. */
export async function runJobs(jobs: ReadonlyArray<readonly [name: string, length: number]>, limit: number): Promise<Report> {
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const results = await mapPool(jobs, limit, async ([name, length], index) => {
    started.push(name);
    running += 1;
    most = Math.max(most, running);
    await turns(length);
    running -= 1;
    return `${index}:${name}`;
  });
  return { results: [...results], started: [...started], most };
}
