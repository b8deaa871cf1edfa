import { diffWords } from "../diff/diff.js";

/** Marks the words that changed: "the [-old-]{+new+} text". */
export function inlineDiff(a, b) {
  return diffWords(a, b)
    .map(({ kind, items }) => {
      const text = items.join("");
      if (kind === "same") return text;
      return kind === "delete" ? `[-${text}-]` : `{+${text}+}`;
    })
    .join("");
}
