import type { Subject } from "../types.ts";

interface Assignment {
  readonly role: string;
  readonly until: number | null;
}

/** Roles that are given to people and groups, for a time or for good. */
export class Assignments {
  readonly #byHolder = new Map<string, Assignment[]>();

  give(holder: string, role: string, until: number | null = null): void {
    const kept = (this.#byHolder.get(holder) ?? []).filter((other) => other.role !== role);
    this.#byHolder.set(holder, [...kept, { role, until }]);
  }

  take(holder: string, role: string): boolean {
    const before = this.#byHolder.get(holder) ?? [];
    const after = before.filter((assignment) => assignment.role !== role);
    this.#byHolder.set(holder, after);
    return after.length < before.length;
  }

  /** The roles of a subject at a time: its own, those given to it, and those of its groups. */
  rolesOf(subject: Subject, time: number): string[] {
    const holders = [subject.id, ...(subject.groups ?? []).map((group) => `group:${group}`)];
    const given = holders
      .flatMap((holder) => this.#byHolder.get(holder) ?? [])
      .filter(({ until }) => until === null || time < until)
      .map(({ role }) => role);
    return [...new Set([...subject.roles, ...given])];
  }
}
