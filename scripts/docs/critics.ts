import { existsSync, readFileSync } from "node:fs";
import { faultSummary, isReached, MARGINS, valueSummary, type CriticsData } from "../claims/critics.ts";

const RESULTS = new URL("../../docs/data/critics.json", import.meta.url);

/** docs/critics.md: how often critics are right. */
export function criticsDocument(): string {
  const data = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as CriticsData) : null;
  return [
    "# Critics, measured",
    "",
    "Written by `npm run docs` from docs/data/critics.json (`npm run claims -- critics`). What critics are for is told in",
    "[guides/edit-formats.md](guides/edit-formats.md#feedback-and-critics). They explain or predict; none of them decides.",
    "`pawl fix --critics rules,value,taxonomy,model` puts what they say into models' prompts and into the weights of Pawl's own edits; without the option",
    "nobody asks them. Whether the taxonomy of bugs helps is measured by [the lab](lab/README.md) (`pawl lab run bug-taxonomy-critique`).",
    "",
    "48 random faults of the `test` half of the code-repair corpus, each alone. What the rules count was counted on the `train` half.",
    "The corpus and the repair operators share one list of kinds of faults, so that the kinds fit better than those of faults in the wild.",
    "",
    ...(data === null ? ["Not measured yet."] : figures(data)),
    "",
  ].join("\n");
}

function figures(data: CriticsData): string[] {
  const { right, firstThree, byCode, common, count } = faultSummary(data);
  const { passed, auc, priorAuc, brier, baseBrier, calibration } = valueSummary(data.values);
  return [
    "| kind of fault, 31 kinds | right |",
    "|---|---|",
    `| rules: code and evidence | ${right} of ${count} (among the first three: ${firstThree}) |`,
    `| rules: code alone | ${byCode} of ${count} |`,
    `| always the most common kind, ${data.majority} | ${common} of ${count} |`,
    `| chance | ${(count / 31).toFixed(1)} of ${count} |`,
    "",
    `The value critic starts with nothing. It predicted for ${data.values.length} random single edits whether all visible cases pass, and learned each verdict after its`,
    `prediction; ${passed} passed.`,
    "",
    "| predictor | area under the ROC curve | Brier score |",
    "|---|---|---|",
    `| value critic | ${auc.toFixed(3)} | ${brier.toFixed(4)} |`,
    `| base rate so far | 0.500 | ${baseBrier.toFixed(4)} |`,
    `| the syntax proposer's prior (trained before, on the other half) | ${priorAuc.toFixed(3)} | |`,
    "",
    `Its calibration error over ten bins is ${calibration.toFixed(4)}.`,
    "",
    `The claim: the rules are right ${MARGINS.overMajority} times as often as the most common kind, the area is at least ${MARGINS.auc}, and the Brier score is below that of the base rate. It is ${isReached(data) ? "reached" : "not reached"}.`,
  ];
}
