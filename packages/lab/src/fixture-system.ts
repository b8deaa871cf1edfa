import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Recipes } from "./overview.ts";
import { ResultsStore } from "./results-store.ts";
import type { RunSystemOptions } from "./run-system.ts";
import type { Inequality, System } from "./system.ts";

export interface FakeOptions {
  /** By arm: the share solved with each seed; the last one goes on. */
  readonly shares: Readonly<Record<string, readonly number[]>>;
  readonly changes?: Partial<System>;
  /** Called before an arm is measured; may throw or wait. */
  readonly before?: (arm: string, seed: number, signal: AbortSignal) => void | Promise<void>;
}

const MORE: Inequality = {
  id: "more",
  says: "the tree solves at least 10 points more than sampling",
  metric: "solved",
  left: "tree",
  right: "sampling",
  atLeast: 0.1,
  gated: true,
  since: "2026-11-26",
};

/** A system whose arms do as they are told, with a list of what was measured. */
export function fakeSystem({ shares, changes, before }: FakeOptions): { system: System; measured: string[] } {
  const measured: string[] = [];
  const system: System = {
    id: "swe-search",
    paper: { title: "A tree | of <patches>", arxiv: "2410.20285", year: 2024, claim: "23 % more issues are solved." },
    stages: ["propose", "select"],
    mechanism: "Scores of `a < b` decide; nodes with score < 0 are left.\n\nThen the best is taken.",
    deviations: ["No model."],
    budget: "60 evaluations",
    arms: [
      { id: "tree", title: "the tree", role: "method" },
      { id: "sampling", title: "the same budget | in samples", role: "control" },
    ],
    claim: [MORE],
    seeds: 3,
    version: 1,
    async run(arm, { seed, quick, signal }) {
      await before?.(arm.id, seed, signal);
      measured.push(`${arm.id} ${seed}`);
      const own = shares[arm.id] as readonly number[];
      const share = own[Math.min(seed, own.length) - 1] as number;
      const tasks = quick ? 2 : 20;
      const rows = Array.from({ length: tasks }, (_, task) => ({
        task: `t${task}`,
        values: { solved: task < share * tasks ? 1 : 0, evaluations: 10 + task },
      }));
      return { rows, spent: tasks * 60 };
    },
    ...changes,
  };
  return { system, measured };
}

export const CLEAR: FakeOptions["shares"] = { tree: [0.6, 0.5, 0.55], sampling: [0.2, 0.2, 0.25] };
export const SAME: FakeOptions["shares"] = { tree: [0.3, 0.2, 0.3], sampling: [0.2, 0.3, 0.25] };

/** Recipes of which only these are built. */
export function recipesOf(...systems: readonly System[]): Recipes {
  return {
    built: systems.map(({ id }) => id),
    load: async (id) => systems.find((system) => system.id === id) as System,
  };
}

/** A folder with a store in it, gone at the end of the block. */
export function temporaryStore(): Disposable & {
  readonly store: ResultsStore;
  readonly folder: string;
  readonly options: RunSystemOptions;
} {
  const folder = mkdtempSync(join(tmpdir(), "pawl-lab-"));
  const store = new ResultsStore(join(folder, "results"));
  const options: RunSystemOptions = {
    store,
    commit: "ab12cd3",
    signal: new AbortController().signal,
    say: () => {},
  };
  return { store, folder, options, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
