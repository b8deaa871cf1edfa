import type { Decision, Request } from "../types.ts";

export interface AuditEntry {
  readonly time: number;
  readonly subject: string;
  readonly action: string;
  readonly path: string;
  readonly effect: Decision["effect"];
  readonly reason: string;
}

/** The last decisions, oldest first; older ones are dropped. */
export class AuditLog {
  #entries: AuditEntry[] = [];
  readonly #capacity: number;

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  record(request: Request, decision: Decision): void {
    const { subject, action, resource, time } = request;
    this.#entries.push({ time, subject: subject.id, action, path: resource.path, ...decision });
    if (this.#entries.length > this.#capacity) this.#entries = this.#entries.slice(-this.#capacity);
  }

  entries(): readonly AuditEntry[] {
    return this.#entries;
  }

  /** How often each subject was refused, the most often first. */
  refusals(since = 0): [subject: string, count: number][] {
    const counts = new Map<string, number>();
    for (const { time, subject, effect } of this.#entries) {
      if (effect === "deny" && time >= since) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    }
    return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  }
}
