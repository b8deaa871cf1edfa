import { UsageError } from "@pawl/core";
import { TreeSearch } from "@pawl/search";
import { searchOfRun } from "./resume.ts";

/** A candidate in the tree of a run, as `TreeSearch.export` gives it: one line of `pawl show --tree --json`. */
export interface TreeLine {
  readonly id: string;
  readonly parent: string | null;
  readonly depth: number;
  readonly reward: number;
  readonly visits: number;
  readonly valueSum: number;
  readonly children: readonly string[];
  readonly duplicateOf: string | null;
  readonly finished: boolean;
  /** Whether another child could have been made. */
  readonly open: boolean;
  readonly hypothesis: string | null;
  readonly change: string;
  readonly score: number;
  readonly scoreParts: Readonly<Record<string, number>>;
}

/** Every node of a finished run's tree, in the order in which they were judged. Throws a UsageError for a run whose search has no tree. */
export async function treeOfRun(options: {
  readonly state: string;
  readonly run: string;
}): Promise<readonly TreeLine[]> {
  const search = await searchOfRun(options);
  if (!(search instanceof TreeSearch))
    throw new UsageError({
      what: `the search '${search.id}' of run ${options.run} has no tree`,
      where: "--tree",
      todo: "Look at its attempts with `pawl show --all`, or search with `--search tree`.",
    });
  return [...search.export()] as unknown as readonly TreeLine[];
}
