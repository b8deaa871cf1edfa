export { DependencyGraph } from "./graph/graph.ts";
export { findCycle } from "./graph/cycles.ts";
export { buildOrder, buildLayers } from "./graph/order.ts";
export { resolve, type Lock } from "./resolve/resolver.ts";
export { parseVersion, type Version } from "./version/version.ts";
