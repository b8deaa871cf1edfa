/**
 * A value as it travels between the engine and a candidate's process: JSON, with tags for what JSON cannot write:
 * `{"$":"undefined"}`, `NaN`, `Infinity`, `-Infinity`, `-0`; `{"$":"bigint","v":"12"}`, `Map` and `dict` (pairs), `Set`, `set` and
 * `tuple` (items), `Date` (ISO text), `RegExp` ([source, flags]), `object` (pairs of an object that has a key "$").
 * Python's None is null. A result that has no tagged form gets a tag that equals no expected value.
 */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | readonly WireValue[]
  | { readonly [name: string]: WireValue };

/** One call of an exported function and what it has to give: a value or an error, and the arguments afterwards where they matter. */
export interface FunctionCase {
  /** Unique in feedback and among `failing`; default: the call itself. */
  readonly name?: string;
  /** The exported function. Promises and coroutines are awaited. */
  readonly call: string;
  readonly args: readonly WireValue[];
  readonly returns?: WireValue;
  /** Name of the error it throws, such as "RangeError". */
  readonly throws?: string;
  readonly argsAfter?: readonly WireValue[];
  /** How far numbers in the result may be off; default 0. */
  readonly tolerance?: number;
}

/** What one call did, as its process tells it. Data from the candidate: to be compared, never trusted. */
export interface Outcome {
  readonly returns?: WireValue;
  readonly throws?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly argsAfter?: readonly WireValue[];
}

export interface Failure {
  readonly throws: string;
  readonly message: string;
  readonly stack?: string;
}

/** What a candidate's process says about all its calls. */
export interface Reply {
  /** In the order of the calls; fewer than the calls when it ended early. */
  readonly outcomes: readonly Outcome[];
  /** Why it ended early: out of time, the module does not load, or the process is gone. */
  readonly ended: "timeout" | "load" | "exit" | null;
  readonly load?: Failure;
  /** An error that nobody caught, from work left running. */
  readonly uncaught?: Failure;
  /** Lines executed, by absolute path; only when traced. */
  readonly hits?: Readonly<Record<string, readonly number[]>>;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Takes from a message only what an outcome may hold: a candidate may have written anything. */
export function readOutcome(value: unknown): Outcome {
  if (typeof value !== "object" || value === null) return {};
  const { returns, throws, message, stack, argsAfter } = value as { readonly [name: string]: WireValue | undefined };
  return {
    ...(returns === undefined ? {} : { returns }),
    ...(typeof throws === "string" ? { throws } : {}),
    ...(typeof message === "string" ? { message } : {}),
    ...(typeof stack === "string" ? { stack } : {}),
    ...(isList(argsAfter) ? { argsAfter } : {}),
  };
}

/** Like `readOutcome`, for what was thrown; undefined when nothing was. */
export function readFailure(value: unknown): Failure | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { throws = "Error", message = "", stack } = readOutcome(value);
  return stack === undefined ? { throws, message } : { throws, message, stack };
}

/** One line of a warm process; null when it is not the answer to the request of that id. */
export function readReply(line: string, id: number): Reply | null {
  let value: { readonly [name: string]: unknown };
  try {
    value = Object(JSON.parse(line));
  } catch {
    return null;
  }
  if (value["id"] !== id || !Array.isArray(value["outcomes"])) return null;
  const { ended, hits } = value;
  const load = readFailure(value["load"]);
  const uncaught = readFailure(value["uncaught"]);
  return {
    outcomes: value["outcomes"].map(readOutcome),
    ended: ended === "timeout" || ended === "load" || ended === "exit" ? ended : null,
    ...(load === undefined ? {} : { load }),
    ...(uncaught === undefined ? {} : { uncaught }),
    ...(isHits(hits) ? { hits } : {}),
    cpuMs: Number(value["cpuMs"]) || 0,
    wallMs: Number(value["wallMs"]) || 0,
  };
}

function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isHits(value: unknown): value is Record<string, number[]> {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((lines) => Array.isArray(lines) && lines.every(Number.isInteger));
}

/** A group of calls of one module, told to a process once. */
export interface CallSet {
  /** Relative to the project root. */
  readonly module: string;
  readonly calls: readonly { readonly call: string; readonly args: readonly WireValue[]; readonly after?: boolean }[];
}

/** The calls of some cases, without anything they should give. */
export function callsOf(module: string, cases: readonly FunctionCase[]): CallSet {
  return {
    module,
    calls: cases.map(({ call, args, argsAfter }) => ({
      call,
      args,
      ...(argsAfter === undefined ? {} : { after: true }),
    })),
  };
}

const LONGEST_TEXT = 120;

/** A short text of a value, for people. */
export function showWire(value: WireValue | undefined): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? "nothing";
  } catch {
    return "a value too deep to be shown"; // forged: a harness sends none
  }
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Ids of cases: their names or calls, numbered where they repeat. */
export function caseIds(cases: readonly FunctionCase[]): string[] {
  const seen = new Map<string, number>();
  return cases.map((item) => {
    const id = item.name ?? `${item.call}(${item.args.map(showWire).join(", ")})`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id} #${count}`;
  });
}
