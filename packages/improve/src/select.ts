import type { ArchiveEntry, ArchiveView } from "@pawl/core";

/**
 * Order among candidates whose verdicts are equally good: fewer elementary edits, then what the prior finds likelier, then the smaller
 * change, then the earlier one. (An over-fitted patch is more often a long or an unlikely one.) Edits count along the whole lineage.
 */
export function byPlausibility(archive: ArchiveView): (a: ArchiveEntry, b: ArchiveEntry) => number {
  const keys = new Map<string, readonly number[]>();
  const keyOf = (entry: ArchiveEntry): readonly number[] => {
    const known = keys.get(entry.candidate.id);
    if (known !== undefined) return known;
    const edits = stepsOf(archive, entry).reduce((sum, step) => sum + (step.candidate.origin.edits?.length ?? 1), 0);
    const unlikely = -logPlausibility(archive, entry);
    const size = entry.candidate.changes.reduce(
      (sum, change) => sum + change.text.length + change.end - change.start,
      0,
    );
    const key = [edits, unlikely, size, entry.index];
    keys.set(entry.candidate.id, key);
    return key;
  };
  return (a, b) => {
    const [first, second] = [keyOf(a), keyOf(b)];
    const place = first.findIndex((value, i) => value !== second[i]);
    return place === -1 ? 0 : (first[place] as number) - (second[place] as number);
  };
}

/** Log of the probability that the proposer gave to the candidate's edits, along its whole lineage. */
export function logPlausibility(archive: ArchiveView, entry: ArchiveEntry): number {
  return stepsOf(archive, entry).reduce((sum, step) => sum + (step.candidate.origin.logProbability ?? -Infinity), 0);
}

/** The lineage without the base. */
function stepsOf(archive: ArchiveView, entry: ArchiveEntry): readonly ArchiveEntry[] {
  return archive.lineage(entry.candidate.id).filter((step) => step.candidate.parents.length > 0);
}
