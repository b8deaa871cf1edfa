export interface Job {
  readonly id: string;
  readonly minutes: number;
  /** Minutes to prepare the machine before the job starts. */
  readonly setup: number;
}

export class Machine {
  readonly name: string;
  freeAt = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Add a job at the end; the minute it starts. */
  place(job: Job): number {
    if (job.minutes < 0 || job.setup < 0) throw new RangeError(`negative time in ${job.id}`);
    const start = this.freeAt + job.setup;
    this.freeAt = start + job.minutes;
    return start;
  }
}
