import { Machine } from './machine.ts';
import type { Job } from './machine.ts';

export interface Placement {
  readonly job: string;
  readonly machine: string;
  readonly start: number;
}

function pick(a: Machine, b: Machine): Machine {
  if (a.freeAt !== b.freeAt) return a.freeAt < b.freeAt ? b : a;
  return a.name <= b.name ? a : b;
}

/** Put the longest job first on the machine that is free earliest. */
export function schedule(jobs: readonly Job[], names: readonly string[]): Placement[] {
  if (names.length === 0) throw new RangeError('no machines');
  const machines = names.map((name) => new Machine(name));
  const sorted = [...jobs].sort((a, b) => a.minutes - b.minutes || (a.id < b.id ? 1 : -1));
  const placements: Placement[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    const machine = machines.reduce(pick);
    placements.push({ job: sorted[i].id, machine: machine.name, start: machine.place(sorted[i]) });
  }
  return placements;
}

/** When the last job ends. */
export function makespan(jobs: readonly Job[], names: readonly string[]): number {
  const ends = schedule(jobs, names).map((placement) => {
    const job = jobs.find((candidate) => candidate.id === placement.job)!;
    return placement.start + job.minutes;
  });
  return Math.max(0, ...ends);
}
