interface Request {
  id: string;
  cost: number;
}

class Bucket {
  private tokens: number;
  private readonly capacity: number;
  private readonly waiting: Request[] = [];

  constructor(capacity: number) {
    if (capacity <= 0) throw new RangeError('capacity must be positive');
    this.capacity = capacity;
    this.tokens = capacity;
  }

  /** Ask for tokens; the requests that are served now. */
  request(request: Request): string[] {
    if (request.cost > this.capacity) throw new RangeError(`${request.id} can never be served`);
    this.waiting.push(request);
    return this.serve();
  }

  refill(amount: number): string[] {
    this.tokens = Math.min(this.capacity, this.tokens + amount);
    return this.serve();
  }

  /** First come, first served: nobody overtakes a request that waits. */
  private serve(): string[] {
    const served: string[] = [];
    while (this.waiting.length > 0 && this.waiting[0].cost <= this.tokens) {
      const next = this.waiting.shift()!;
      this.tokens -= next.cost;
      served.push(next.id);
    }
    return served;
  }
}

export type Step = { refill: number } | { id: string; cost: number };

/** What is served at each step. */
export function simulate(capacity: number, steps: readonly Step[]): string[][] {
  const bucket = new Bucket(capacity);
  return steps.map((step) => ('refill' in step ? bucket.refill(step.refill) : bucket.request(step)));
}
