export { diffLines, diffWords } from "./diff/diff.js";
export { unifiedDiff } from "./format/unified.js";
export { parsePatch } from "./patch/parse.js";
export { applyPatch } from "./patch/apply.js";
export { merge3 } from "./merge/merge3.js";
