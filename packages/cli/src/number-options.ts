import { UsageError } from "@pawl/core";
import type { Call } from "./command.ts";

/** As it is typed: `heldOutScore` is `--held-out-score`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Text of an option that takes a value. An empty one is most likely an unset variable of a script: never taken for "not given". */
export function text(call: Call, name: string): string | undefined {
  const value = call.options[name];
  if (typeof value !== "string") return undefined;
  if (value.trim() !== "") return value;
  const flag = flagOf(name);
  throw new UsageError({ what: `the value of ${flag} is empty`, where: flag, todo: "Give a value, or leave it out." });
}

/** A whole number of at least `least`. */
export function wholeNumber(call: Call, name: string, flag: string, least: number): number | undefined {
  const given = text(call, name);
  if (given === undefined) return undefined;
  const value = /^[0-9]+$/.test(given) ? Number(given) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw wrong(flag, given, `a whole number of at least ${least}`);
}

/** A number from `least` to `most`. */
export function decimal(
  call: Call,
  name: string,
  flag: string,
  least: number,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  const given = text(call, name);
  if (given === undefined) return undefined;
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (value >= least && value <= most && Number.isFinite(value)) return value;
  const floor = least === Number.NEGATIVE_INFINITY ? "a number" : `a number of at least ${least}`;
  throw wrong(flag, given, most === Number.POSITIVE_INFINITY ? floor : `a number from ${least} to ${most}`);
}

function wrong(flag: string, given: string, expected: string): UsageError {
  return new UsageError({
    what: `cannot read '${given}' as ${expected}`,
    where: `${flag} ${given}`,
    todo: `Give ${expected}.`,
  });
}
