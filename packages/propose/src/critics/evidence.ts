import type { Feedback, Verdict } from "@pawl/core";

/** Features of how a candidate failed, as words: `type number>undefined`, `one more element`, `throws TypeError`. Read off the verdict alone. */
export function evidenceOf(verdict: Verdict): readonly string[] {
  const features = new Set<string>();
  if (verdict.status === "timeout") features.add("timeout");
  if (verdict.status === "error") features.add("error");
  const tests = verdict.feedback.filter(({ kind }) => kind === "test");
  const passed = verdict.scores["passed"]?.[0];
  if (passed !== undefined) features.add(passed === 0 ? "all fail" : passed < 0.5 ? "most fail" : "few fail");
  for (const item of [...tests, ...verdict.feedback.filter(({ kind }) => kind === "error")])
    for (const feature of featuresOf(item)) features.add(feature);
  return [...features].toSorted();
}

function featuresOf({ message, expected, actual }: Feedback): string[] {
  const thrown = /(?:threw|does not load:|caught:) (\w+)/.exec(message)?.[1];
  if (thrown !== undefined) return [`throws ${thrown}`, "throws"];
  if (message.startsWith("returned instead of throwing")) return ["does not throw"];
  if (message.startsWith("left its arguments")) return ["changes its arguments"];
  const wanted = parse(expected);
  const got = parse(actual);
  if (wanted === UNREADABLE || got === UNREADABLE) return ["unreadable"];
  return compare(wanted, got);
}

const UNREADABLE = Symbol("unreadable");

function parse(text: string | undefined): unknown {
  if (text === undefined) return UNREADABLE;
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** How a value differs from the wanted one. */
function compare(wanted: unknown, got: unknown): string[] {
  const [a, b] = [kindOf(wanted), kindOf(got)];
  if (a !== b) return [`type ${a}>${b}`, b === "undefined" || b === "null" ? "nothing" : "another type"];
  if (a === "boolean") return [`boolean ${String(got)}`];
  if (typeof wanted === "number" && typeof got === "number") return compareNumbers(wanted, got);
  if (typeof wanted === "string" && typeof got === "string") return compareStrings(wanted, got);
  if (Array.isArray(wanted) && Array.isArray(got)) return compareLists(wanted, got);
  return [`another ${a}`];
}

function compareNumbers(wanted: number, got: number): string[] {
  const features = [got > wanted ? "number larger" : "number smaller"];
  if (Math.abs(got - wanted) === 1) features.push("off by one");
  if (got === -wanted && got !== 0) features.push("sign");
  if (got === 0) features.push("zero");
  if (!Number.isInteger(got) && Number.isInteger(wanted)) features.push("fraction");
  return features;
}

function compareStrings(wanted: string, got: string): string[] {
  if (wanted.toLowerCase() === got.toLowerCase()) return ["letter case"];
  if (got === "") return ["empty text"];
  const features = [
    got.length > wanted.length ? "text longer" : got.length < wanted.length ? "text shorter" : "text of that length",
  ];
  if (wanted.startsWith(got) || wanted.endsWith(got)) features.push("part of the text");
  if (got.startsWith(wanted) || got.endsWith(wanted)) features.push("more than the text");
  return features;
}

function compareLists(wanted: readonly unknown[], got: readonly unknown[]): string[] {
  const texts = (list: readonly unknown[]): string[] => list.map((each) => JSON.stringify(each)).toSorted();
  const [a, b] = [texts(wanted), texts(got)];
  if (a.join() === b.join())
    return ["order", ...(JSON.stringify(wanted.toReversed()) === JSON.stringify(got) ? ["reversed"] : [])];
  const difference = got.length - wanted.length;
  const length =
    difference === 0
      ? "list of that length"
      : `${Math.abs(difference) === 1 ? "one" : "some"} ${difference > 0 ? "more" : "fewer"}`;
  const subset =
    difference < 0 ? b.every((each) => a.includes(each)) : difference > 0 && a.every((each) => b.includes(each));
  const first = got.find((each, i) => JSON.stringify(each) !== JSON.stringify(wanted[i]));
  const at = got.indexOf(first);
  const inner = difference === 0 && at >= 0 ? compare(wanted[at], first).map((each) => `element: ${each}`) : [];
  return [length, ...(subset ? ["others right"] : []), ...(got.length === 0 ? ["empty list"] : []), ...inner];
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object") return typeof value;
  const tag = (value as Record<string, unknown>)["$"];
  return typeof tag === "string"
    ? tag === "NaN" || tag.includes("Infinity") || tag === "-0"
      ? "number"
      : tag
    : "object";
}
