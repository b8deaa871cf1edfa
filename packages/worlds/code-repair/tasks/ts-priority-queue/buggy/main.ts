export interface Job {
  name: string;
  priority: number;
}

interface Entry extends Job {
  order: number;
}

class JobQueue {
  private heap: Entry[] = [];
  private counter = 0;

  push(job: Job): void {
    this.heap.push({ ...job, order: this.counter++ });
    let i = this.heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.less(i, parent)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  pop(): Job | null {
    if (this.heap.length === 0) return null;
    this.swap(0, this.heap.length - 1);
    const top = this.heap.pop()!;
    let i = 0;
    for (;;) {
      let smallest = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.heap.length && this.less(child, smallest)) smallest = child;
      }
      if (smallest === i) return { name: top.name, priority: top.priority };
      this.swap(i, smallest);
      i = smallest;
    }
  }

  /** Lower priority numbers come first, equal ones in the order they arrived. */
  private less(i: number, j: number): boolean {
    const a = this.heap[i];
    const b = this.heap[j];
    if (a.priority !== b.priority) return a.priority < b.priority;
    return a.order > b.order;
  }

  private swap(i: number, j: number): void {
    [this.heap[i], this.heap[j]] = [this.heap[j], this.heap[i]];
  }
}

/** Push every job that is not null and pop at every null; the popped names. */
export function runQueue(steps: ReadonlyArray<Job | null>): Array<string | null> {
  const queue = new JobQueue();
  const out: Array<string | null> = [];
  for (const step of steps) {
    if (step === null) out.push(queue.pop()?.name ?? null);
    else queue.push(step);
  }
  return out;
}
