import type { Critic } from "@pawl/core";
import { addWeights } from "../feedback/edit-weights.ts";
import { BugOperators } from "./bug-operators.ts";
import { bugWeights, BUGS, classifyBug, faultClassesOf } from "./bug-taxonomy.ts";

/** Labels a failed candidate by the taxonomy of bugs, and says which repairs such bugs take. Learns which operators were accepted for which bug. */
export class BugCritic implements Critic {
  readonly id = "taxonomy";
  readonly operators: BugOperators;

  constructor(operators: BugOperators = new BugOperators()) {
    this.operators = operators;
  }

  critique: Critic["critique"] = async (_submission, verdict) => {
    const bug = verdict === null ? null : classifyBug(verdict);
    if (bug === null) return null;
    const kinds = faultClassesOf(bug.id);
    const weights = addWeights(bugWeights(bug.id), this.operators.weights(bug.id));
    return {
      critic: this.id,
      text: `By how it fails, the bug is of the kind ${bug.id}, ${BUGS[bug.id]} (${bug.because}).`,
      ...(kinds.length === 0
        ? {}
        : { finding: { kinds: Object.fromEntries(kinds.map((kind) => [kind, 1 / kinds.length])) } }),
      ...(weights === undefined ? {} : { weights }),
    };
  };
}
