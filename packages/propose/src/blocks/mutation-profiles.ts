import type { EditWeights, FaultClass } from "@pawl/core";

/** A direction and a role as weights of edits, sharpness and size of step. */
export interface OperatorProfile {
  readonly id: string;
  readonly weights?: EditWeights;
  readonly temperature: number;
  readonly edits: number;
}

/** Log of the factor by which a direction prefers its own kinds of edits. */
const PREFERENCE = 3;

function toward(...classes: readonly FaultClass[]): EditWeights {
  return { byFaultClass: Object.fromEntries(classes.map((each) => [each, PREFERENCE])) };
}

/** The six fixed directions of guided evolution (Morris et al. 2024), as kinds of edits. */
const DIRECTIONS: readonly { readonly id: string; readonly weights?: EditWeights; readonly edits: number }[] = [
  { id: "tune", weights: toward("constant", "initial-value", "boundary"), edits: 1 },
  { id: "tune-unusually", weights: toward("constant", "arithmetic-operator", "comparison-operator"), edits: 1 },
  {
    id: "complicate",
    weights: toward("missing-statement", "condition-missing", "missing-guard", "missing-call"),
    edits: 1,
  },
  {
    id: "shrink",
    weights: toward("extra-statement", "condition-extra", "extra-return", "missing-return"),
    edits: 1,
  },
  { id: "unusual", weights: toward("wrong-variable", "wrong-method", "swapped-branches", "argument-order"), edits: 1 },
  { id: "rewrite", edits: 3 },
];

/** Its four roles: how much a proposer follows what it believes in. */
const ROLES: readonly { readonly id: string; readonly temperature: number }[] = [
  { id: "nobody", temperature: 1 },
  { id: "expert", temperature: 0.5 },
  { id: "innovator", temperature: 2 },
  { id: "bumbler", temperature: Infinity },
];

/** Every direction in every role: what stands for the fixed prompts where nobody reads. */
export const MUTATION_PROFILES: readonly OperatorProfile[] = DIRECTIONS.flatMap(({ id, weights, edits }) =>
  ROLES.map((role) => ({
    id: `${id}/${role.id}`,
    ...(weights === undefined ? {} : { weights }),
    temperature: role.temperature,
    edits,
  })),
);
