export { BestOfN } from "./best-of-n.ts";
export { HillClimb, type HillClimbOptions } from "./hill-climb.ts";
export { MapElites, type MapElitesOptions } from "./map-elites.ts";
export { RandomSearch } from "./random.ts";
export { createSearch, searchIds } from "./registry.ts";
export { CmaEs, type Bounds, type CmaEsOptions } from "./cma-es.ts";
export { LocalSearch, type LocalSearchOptions } from "./local-search.ts";
export { symmetricEigen, type SymmetricEigen } from "./symmetric-eigen.ts";
