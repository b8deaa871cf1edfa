import { Rng, type ArchiveEntry, type Search } from "@pawl/core";
import { debatePatches, judgePatches, type JudgedPatch } from "@pawl/improve";
import { meanPathValue, TreeSearch } from "@pawl/search";
import type { RepairSetup, TaskEnd, TaskParts } from "./repair-setup.ts";

/** Who says which of the finished patches is the answer: the judge, voters in a debate, or the value of the path alone. */
export type Chooser = "judge" | "debate" | "path-value";

/** The patches found, as a judge sees them; the value of a path is 0 where the search has no tree. */
export async function asJudged(
  found: readonly ArchiveEntry[],
  search: Search,
  { observe }: TaskParts,
): Promise<readonly JudgedPatch[]> {
  const patches: JudgedPatch[] = [];
  for (const { candidate, verdict } of found) {
    const node = search instanceof TreeSearch ? search.get(candidate.id) : undefined;
    patches.push({
      id: candidate.id,
      visible: verdict.scores["passed"]?.[0] ?? 0,
      outcomes: await observe(candidate),
      size: candidate.changes.reduce((sum, { start, end, text }) => sum + end - start + text.length, 0),
      pathValue: node === undefined ? 0 : meanPathValue(node),
    });
  }
  return patches;
}

export function rank(patches: readonly JudgedPatch[], chooser: Chooser, seed: number): readonly string[] {
  switch (chooser) {
    case "judge":
      return judgePatches(patches).ranking;
    case "debate":
      return debatePatches(patches, { rng: Rng.of(seed, "debate", ...patches.map(({ id }) => id)) }).ranking;
    case "path-value":
      return patches.toSorted((a, b) => b.pathValue - a.pathValue).map(({ id }) => id);
  }
}

/** The search of a setup, and a choice among what it found by one of the choosers. */
export function choosing(
  create: (parts: TaskParts) => Search,
  chooser: Chooser,
  seed: number,
): Pick<RepairSetup, "search" | "choose"> {
  const searches = new WeakMap<TaskParts, Search>();
  return {
    search: (parts) => {
      const search = create(parts);
      searches.set(parts, search);
      return search;
    },
    choose: async (found, _loop, parts) => {
      const [first] = rank(await asJudged(found, searches.get(parts) as Search, parts), chooser, seed);
      return found.find(({ candidate }) => candidate.id === first) as ArchiveEntry;
    },
  };
}

/**
 * What the finished patches of a task say of the choice: `found`; `picked` is 1 when a right patch was chosen, null where none of them is right; `chosen`
 * the same where there was a right and a wrong one to choose from.
 */
export async function choiceOf({ found, chosen, hidden }: TaskEnd): Promise<Record<string, number | null>> {
  const right = new Set<string>();
  for (const entry of found) if (await hidden(entry)) right.add(entry.candidate.id);
  const picked = right.size === 0 || chosen === null ? null : Number(right.has(chosen.candidate.id));
  return { found: found.length, picked, chosen: right.size < found.length ? picked : null };
}

/**
 * How different the candidates are: `distinct` is the share whose operator was not used on its line by a sibling before, `novel` the share that fails
 * other tests, or by as much, as no candidate before.
 */
export function diversityOf({ loop: { archive } }: TaskEnd): Record<string, number | null> {
  const [places, behaviours] = [new Set<string>(), new Set<string>()];
  const base = archive.base;
  behaviours.add(JSON.stringify([base.fitness, base.verdict.failing]));
  for (let i = 1; i < archive.size; i++) {
    const { candidate, request, fitness, verdict } = archive.at(i);
    const edits = (candidate.origin.edits ?? []).map(({ operator, path, line }) => `${operator}@${path}:${line}`);
    places.add(`${request.parent} ${edits.toSorted().join(" ")}`);
    behaviours.add(JSON.stringify([fitness, verdict.failing]));
  }
  const made = archive.size - 1;
  return made === 0
    ? { distinct: null, novel: null }
    : { distinct: places.size / made, novel: (behaviours.size - 1) / made };
}
