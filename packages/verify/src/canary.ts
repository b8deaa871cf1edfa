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

const JAVASCRIPT = (
  every: string,
  sort: string,
  numbers: string,
  record: string,
): string => `export function canary(numbers${numbers}, record${record}) {
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

/** What a canary is written in: as what is judged, so that it passes through all that a candidate passes through. */
export type CanaryLanguage = FunctionLanguage | "typescript";

/** That of a setting with these modules. */
export function canaryLanguageOf(language: FunctionLanguage, modules: readonly string[]): CanaryLanguage {
  return modules.some((path) => /\.[mc]?ts$/.test(path)) ? "typescript" : language;
}

export function canarySet(language: CanaryLanguage): CallSet {
  return { module: fileOf(language), calls: [{ call: "canary", args: ARGS }] };
}

/** `number` makes the text one that the process has not seen, so that nothing it remembers of an earlier one answers for it. */
export function canaryFiles(language: CanaryLanguage, canary: number, number: number): ChangedFiles {
  return { [fileOf(language)]: `${textOf(language, canary === 0)}${language === "python" ? "#" : "//"} ${number}\n` };
}

function textOf(language: CanaryLanguage, isRightOne: boolean): string {
  if (language === "python") return PYTHON(isRightOne ? "0" : "1", isRightOne ? "False" : "True");
  const [numbers, record] = language === "typescript" ? [": number[]", ": Record<string, string>"] : ["", ""];
  return JAVASCRIPT(isRightOne ? "0" : "1", isRightOne ? "a - b" : "b - a", numbers, record);
}

/** True when the process still tells right from wrong. */
export function isRight(canary: number, reply: Reply): boolean {
  return reply.outcomes.length === 1 && sameValue(reply.outcomes[0]?.returns, canary === 0 ? RIGHT : WRONG);
}

function fileOf(language: CanaryLanguage): string {
  if (language === "python") return "pawl_canary.py";
  return language === "typescript" ? "pawl-canary.mts" : "pawl-canary.mjs";
}
