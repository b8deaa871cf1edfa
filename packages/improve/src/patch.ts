import { createTwoFilesPatch, diffLines } from "diff";
import type { Candidate, ChangedFiles, Target } from "@pawl/core";

/** Unified diff of texts by path against the base, in the form `git apply` reads. */
export function unifiedDiff(before: Readonly<Record<string, string>>, after: ChangedFiles): string {
  return Object.keys(after)
    .sort()
    .map((path) => {
      const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before[path] ?? "", after[path] as string, "", "", {
        context: 3,
      });
      return `diff --git a/${path} b/${path}\n${patch.replace(/^=+\n/, "").replaceAll(/^(---|\+\+\+) (.*?)\t$/gm, "$1 $2")}`;
    })
    .join("");
}

export function patchOfCandidate(target: Target, candidate: Candidate): string {
  const files = target.filesOf(candidate);
  return unifiedDiff(Object.fromEntries(Object.keys(files).map((path) => [path, target.baseText(path)])), files);
}

/** Characters on the lines a candidate adds or takes away. */
export function patchSize(target: Target, candidate: Candidate): number {
  let size = 0;
  for (const [path, text] of Object.entries(target.filesOf(candidate)))
    for (const part of diffLines(target.baseText(path), text))
      if (part.added || part.removed) size += part.value.length;
  return size;
}
