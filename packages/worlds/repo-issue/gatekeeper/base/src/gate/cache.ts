import type { Decision, Request } from "../types.ts";

/** Decisions for some time, by who asks what of which thing. */
export class DecisionCache {
  readonly #entries = new Map<string, { decision: Decision; until: number }>();
  readonly #lifetime: number;

  constructor(lifetime: number) {
    this.#lifetime = lifetime;
  }

  get(request: Request): Decision | undefined {
    const key = keyOf(request);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (request.time >= entry.until) {
      this.#entries.delete(key);
      return undefined;
    }
    return entry.decision;
  }

  put(request: Request, decision: Decision): void {
    this.#entries.set(keyOf(request), { decision, until: request.time + this.#lifetime });
  }

  /** Forget what is known about a subject. */
  forget(subject: string): void {
    for (const key of this.#entries.keys()) {
      if (key.startsWith(`${subject}\n`)) this.#entries.delete(key);
    }
  }

  get size(): number {
    return this.#entries.size;
  }
}

function keyOf({ subject, action, resource }: Request): string {
  return [subject.id, action, resource.path].join("\n");
}
