import type { FunctionCase, GeneratedCall, WireValue } from "@pawl/verify";

/** Why a patch that passes every visible test may be wrong all the same. */
export interface Acceptance {
  readonly accept: boolean;
  readonly doubts: readonly string[];
}

export interface AcceptanceEvidence {
  /** Cases that the patch passes. */
  readonly visible: readonly FunctionCase[];
  readonly calls: readonly GeneratedCall[];
  /** What the patch, the program before it, and other passing patches do on the calls, as `FunctionCheck.observe` says it. */
  readonly outcomes: readonly string[];
  readonly base: readonly string[];
  readonly peers: readonly (readonly string[])[];
}

/** Exceptions that come of faults in a program, and are hardly ever what a call should give. */
const FAULTS =
  /^throws (TypeError|ReferenceError|SyntaxError|InternalError|AttributeError|NameError|UnboundLocalError|IndexError|ZeroDivisionError|RecursionError)$/;
/** More of the calls than this have to be at odds before it is a doubt: generated inputs may be none that the function is for. */
const TOLERATED = 0.05;
/** Of passing patches so many agree on other outcomes that this one is the odd one out. */
const OUTVOTED = 0.5;
/** Relations are learned from so many returning cases of a function at least. */
const CASES = 2;

/**
 * Doubts about a passing patch, from what it does on generated calls: crashes and missing answers the program before it did not have, values of another
 * kind, relations between arguments and value that hold in every visible case and were lost, and what other passing patches do.
 */
export function acceptPatch({ visible, calls, outcomes, base, peers }: AcceptanceEvidence): Acceptance {
  const doubts: string[] = [];
  const doubt = (what: string, at: readonly number[]): void => {
    const first = calls[at[0] ?? -1];
    if (at.length > TOLERATED * calls.length && first !== undefined)
      doubts.push(`${what} on ${at.length} of ${calls.length} generated calls, as ${shown(first)}`);
  };
  const where = (holds: (outcome: string, i: number) => boolean): number[] =>
    outcomes.flatMap((outcome, i) => (holds(outcome, i) ? [i] : []));
  doubt(
    "does not answer",
    where((outcome, i) => outcome === "no answer" && base[i] !== "no answer"),
  );
  doubt(
    "crashes",
    where((outcome, i) => FAULTS.test(outcome) && !FAULTS.test(base[i] ?? "")),
  );
  const [values, before] = [outcomes.map(returned), base.map(returned)];
  for (const name of new Set(calls.map(({ call }) => call))) {
    const cases = visible.filter(({ call, throws }) => call === name && throws === undefined);
    if (cases.length < CASES) continue;
    const broken = (
      of: (typeof values)[number] | undefined,
      args: readonly WireValue[],
      { holds }: Relation,
    ): boolean => of !== NONE && of !== undefined && holds(args, of.value) === false;
    for (const relation of [...RELATIONS, ofTheSameKind(cases)]) {
      if (!cases.every(({ args, returns }) => relation.holds(args, returns) === true)) continue;
      // What the program before did not keep either was learned from too few cases.
      const lost = where((_, i) => {
        const { call, args } = calls[i] as GeneratedCall;
        return call === name && broken(values[i], args, relation) && !broken(before[i], args, relation);
      });
      doubt(`does not keep that ${relation.says}`, lost);
    }
  }
  const against = peers.filter((peer) => peer.some((outcome, i) => outcome !== outcomes[i]));
  const commonest = mostCommon(against.map((peer) => JSON.stringify(peer)));
  if (commonest > 1 && commonest / (peers.length + 1) > OUTVOTED)
    doubts.push(`${commonest} of ${peers.length} other passing patches agree on something else`);
  return { accept: doubts.length === 0, doubts };
}

interface Relation {
  readonly says: string;
  /** Null where it says nothing: values of kinds it is not about. */
  readonly holds: (args: readonly WireValue[], value: WireValue | undefined) => boolean | null;
}

const RELATIONS: readonly Relation[] = [
  { says: "a list is as long as the first argument", holds: onLists((list, given) => list.length === given.length) },
  {
    says: "a list holds only items of the first argument",
    holds: onLists((list, given) => list.every((item) => texts(given).has(JSON.stringify(item)))),
  },
  {
    says: "a list is in ascending order",
    holds: (_, value) =>
      isNumbers(value) ? value.every((item, i) => i === 0 || item >= (value[i - 1] as number)) : null,
  },
  {
    says: "no item of a list occurs twice",
    holds: (_, value) => (Array.isArray(value) ? texts(value).size === value.length : null),
  },
  {
    says: "a text is as long as the first argument",
    holds: ([given], value) =>
      typeof given === "string" && typeof value === "string" ? given.length === value.length : null,
  },
  { says: "a number is not negative", holds: (_, value) => (typeof value === "number" ? value >= 0 : null) },
  { says: "a number is whole", holds: (_, value) => (typeof value === "number" ? Number.isInteger(value) : null) },
];

function ofTheSameKind(cases: readonly FunctionCase[]): Relation {
  const kinds = new Set(cases.map(({ returns }) => kindOf(returns)));
  return { says: `the value is a ${[...kinds].join(" or a ")}`, holds: (_, value) => kinds.has(kindOf(value)) };
}

function onLists(holds: (list: readonly WireValue[], given: readonly WireValue[]) => boolean): Relation["holds"] {
  return ([given], value) => (Array.isArray(given) && Array.isArray(value) ? holds(value, given) : null);
}

function isNumbers(value: WireValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function texts(list: readonly WireValue[]): ReadonlySet<string> {
  return new Set(list.map((item) => JSON.stringify(item)));
}

const NONE = null;

/** The value of an outcome; none when it threw, or gave no answer. */
function returned(outcome: string): { readonly value: WireValue | undefined } | null {
  if (!outcome.startsWith("returns ")) return NONE;
  const text = outcome.slice("returns ".length);
  return { value: text === "undefined" ? undefined : (JSON.parse(text) as WireValue) };
}

function kindOf(value: WireValue | undefined): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object") return typeof value;
  const tag = (value as Record<string, WireValue>)["$"];
  return tag === "NaN" || tag === "-0" || (typeof tag === "string" && tag.includes("Infinity"))
    ? "number"
    : typeof tag === "string"
      ? tag
      : "record";
}

function mostCommon(items: readonly string[]): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const item of items) {
    const count = (counts.get(item) ?? 0) + 1;
    counts.set(item, count);
    most = Math.max(most, count);
  }
  return most;
}

function shown({ call, args }: GeneratedCall): string {
  const text = `${call}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
