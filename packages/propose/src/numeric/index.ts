export { BasinHopping, type BasinHoppingOptions } from "./basin-hopping.ts";
export { Gaussian } from "./gaussian.ts";
export { Hopping } from "./hopping.ts";
export { solveLinearProgram, type LinearProgram, type LinearRow, type LinearSolution } from "./linear-program.ts";
export { findNumbers, numberEdits, writable, type NumberSpan } from "./number-spans.ts";
export { NumericProposer, type NumericProposerOptions } from "./numeric-proposer.ts";
export { OptimiserStrategy, type OptimiserOptions, type VectorOptimiser } from "./optimiser-strategy.ts";
export { sequentialLinear, type LocalOptimum, type SequentialLinearOptions } from "./sequential-linear.ts";
export type { NumericStrategy, SuggestContext, Suggestion } from "./strategy.ts";
