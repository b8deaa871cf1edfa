export { CATALOGUE, CLUSTERS, type CatalogueEntry, type Cluster } from "./catalogue.ts";
export { builtSystems, loadSystem } from "./registry.ts";
export { currentResults, ResultsStore, type LabResult } from "./results-store.ts";
export { reportOf, runSystem, type RunSystemOptions, type SystemReport } from "./run-system.ts";
export { outcomeOf, settle, type ArmRun, type Outcome, type Settled } from "./settle.ts";
export type * from "./system.ts";
