import type { ChangedFiles } from "@pawl/core";
import { sameValue } from "./equality.ts";
import type { FunctionLanguage } from "./function-process.ts";
import type { CallSet, Reply, WireValue } from "./wire.ts";

/** Name of the canaries' set of calls. */
export const CANARY_SET = "canary";
/** The first canary is a right program, the second a wrong one that must be seen to be wrong. */
export const CANARIES = 2;

const ARGS: readonly WireValue[] = [[3, 1, 2], { name: "Ada" }];
/** What the right canary returns; the wrong one returns the same but for the first two items. */
const RIGHT: readonly WireValue[] = [true, [1, 2, 3], 6, "1-2-3", '{"name":"Ada"}', 3, "Ada"];
const WRONG: readonly WireValue[] = [false, [3, 2, 1], ...RIGHT.slice(2)];

const JAVASCRIPT = (every: string, sort: string): string => `export function canary(numbers, record) {
  const sorted = [...numbers].sort((a, b) => ${sort});
  const text = [...numbers].sort().map(String).join("-");
  const { name } = JSON.parse(JSON.stringify(record));
  return [numbers.every((n) => n > ${every}), sorted, numbers.reduce((a, b) => a + b, 0), text, JSON.stringify(record), new Set(numbers).size, new Map(Object.entries(record)).get("name") === name ? name : null];
}
`;
const PYTHON = (every: string, reverse: string): string => `import json

def canary(numbers, record):
    name = json.loads(json.dumps(record))["name"]
    text = "-".join(str(n) for n in sorted(numbers))
    ordered = sorted(numbers, reverse=${reverse})
    return [all(n > ${every} for n in numbers), ordered, sum(numbers), text, json.dumps(record, separators=(",", ":")), len(set(numbers)), name]
`;

export function canarySet(language: FunctionLanguage): CallSet {
  return { module: fileOf(language), calls: [{ call: "canary", args: ARGS }] };
}

export function canaryFiles(language: FunctionLanguage, canary: number): ChangedFiles {
  const isRightOne = canary === 0;
  const text =
    language === "python"
      ? PYTHON(isRightOne ? "0" : "1", isRightOne ? "False" : "True")
      : JAVASCRIPT(isRightOne ? "0" : "1", isRightOne ? "a - b" : "b - a");
  return { [fileOf(language)]: text };
}

/** True when the process still tells right from wrong. */
export function isRight(canary: number, reply: Reply): boolean {
  return reply.outcomes.length === 1 && sameValue(reply.outcomes[0]?.returns, canary === 0 ? RIGHT : WRONG);
}

function fileOf(language: FunctionLanguage): string {
  return language === "python" ? "pawl_canary.py" : "pawl-canary.mjs";
}
