export { ochiai, type LineScores, type TestTrace } from "./localise/ochiai.ts";
export { suspiciousness, type FailureEvidence, type Suspiciousness } from "./localise/suspiciousness.ts";
export { Languages } from "./syntax/languages.ts";
export { difference, emptyCounts, Prior, type PriorCounts } from "./syntax/prior.ts";
export { SyntaxProposer, type SyntaxProposerOptions } from "./syntax/proposer.ts";
export type * from "./syntax/types.ts";
export * from "./numeric/index.ts";
export { instrumentLines, type Instrumented } from "./syntax/javascript/instrument.ts";
export { javascript, typescript } from "./syntax/javascript/language.ts";
