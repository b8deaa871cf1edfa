import { createTwoFilesPatch, diffLines, FILE_HEADERS_ONLY } from "diff";
import type { Candidate, ChangedFiles, Target } from "@pawl/core";

/** Unified diff of texts by path against the base, in the form `git apply` reads; what `before` does not have is a new file. */
export function unifiedDiff(before: Readonly<Record<string, string>>, after: ChangedFiles): string {
  return Object.keys(after)
    .sort()
    .map((path) => {
      const isNew = before[path] === undefined;
      const head = `diff --git a/${path} b/${path}\n${isNew ? "new file mode 100644\n" : ""}`;
      // An empty file has no lines to show; the hash is what git calls it by.
      if (isNew && after[path] === "") return `${head}index 0000000..e69de29\n`;
      const from = isNew ? "/dev/null" : `a/${path}`;
      const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
      return `${head}${createTwoFilesPatch(from, `b/${path}`, before[path] ?? "", after[path] as string, "", "", options)}`;
    })
    .join("");
}

export function patchOfCandidate(target: Target, candidate: Candidate): string {
  const known = candidate.changes.filter(({ created }) => created !== true);
  return unifiedDiff(
    Object.fromEntries(known.map(({ path }) => [path, target.baseText(path)])),
    target.filesOf(candidate),
  );
}

/** Characters on the lines a candidate adds or takes away. */
export function patchSize(target: Target, candidate: Candidate): number {
  let size = 0;
  for (const [path, text] of Object.entries(target.filesOf(candidate)))
    for (const part of diffLines(target.baseText(path), text))
      if (part.added || part.removed) size += part.value.length;
  return size;
}
