import { SerialQueue } from './queue.ts';

export interface JobPlan {
  readonly name: string;
  /** How many turns of the event loop the job takes. */
  readonly turns: number;
  readonly fails?: boolean;
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
}

/** Run the plan in one queue; what started, ended or failed, in order. */
export async function runPlan(plan: readonly JobPlan[]): Promise<string[]> {
  const log: string[] = [];
  const queue = new SerialQueue((name) => log.push(`failed ${name}`));
  for (const job of plan) {
    queue.add(job.name, async () => {
      log.push(`start ${job.name}`);
      await turns(job.turns);
      if (job.fails) throw new Error(job.name);
      log.push(`end ${job.name}`);
    });
  }
  const done = await queue.drain();
  log.push(`done ${done}`);
  await turns(50);
  return log;
}
