type Job = () => Promise<void>;

/** Runs jobs one after the other; a job that fails does not stop the rest. */
export class SerialQueue {
  private readonly jobs: Array<{ name: string; job: Job }> = [];
  private readonly onFailure: (name: string) => void;

  constructor(onFailure: (name: string) => void) {
    this.onFailure = onFailure;
  }

  add(name: string, job: Job): void {
    this.jobs.push({ name, job });
  }

  /** Run what is waiting; how many jobs succeeded. */
  async drain(): Promise<number> {
    let succeeded = 0;
    for (let next = this.jobs.shift(); next !== undefined; next = this.jobs.shift()) {
      const { name, job } = next;
      const ok = await this.attempt(name, job);
      if (ok) succeeded += 1;
    }
    return succeeded;
  }

  private async attempt(name: string, job: Job): Promise<boolean> {
    try {
      job();
      return true;
    } catch {
      this.onFailure(name);
      return false;
    }
  }
}
