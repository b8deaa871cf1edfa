import type { ChangedFiles } from "@pawl/core";
import { type Arguments, type ExactOutcome, MeasuredProcess, type MeasuredFunction } from "./timing-process.ts";
import { showWire } from "./wire.ts";

/** Every so many calls one is made a second time: a result that is shared between calls shows. */
const AGAIN = 4;
/** Messages of these come from the language, and tell how the code is written rather than what it does. */
const MESSAGE_OF_THE_ENGINE = new Set(
  "TypeError RangeError ReferenceError IndexError KeyError AttributeError RecursionError ZeroDivisionError OverflowError".split(
    " ",
  ),
);

/** What the base does on some calls: values, errors, what it leaves in its arguments, which objects are the same. */
export interface Behaviour {
  readonly calls: readonly Arguments[];
  /** One for each call, and one more after each that is repeated. */
  readonly outcomes: readonly ExactOutcome[];
}

export interface Difference {
  readonly call: Arguments;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** Calls that one answer is waited for, where there are many: a multiple of AGAIN. */
const PIECE = 100;

/** Records what the function does on these calls. `timeoutMs`: longest time for all of them, or, `inPieces`, for every hundred. */
export async function recordBehaviour(
  measured: MeasuredFunction,
  files: ChangedFiles,
  calls: readonly Arguments[],
  timeoutMs: number,
  signal: AbortSignal,
  inPieces = false,
): Promise<Behaviour> {
  const outcomes = await MeasuredProcess.use(measured, files, signal, async (process) => {
    const made: ExactOutcome[] = [];
    const most = inPieces ? PIECE : calls.length;
    for (let at = 0; at < calls.length; at += most)
      made.push(...(await process.calls(calls.slice(at, at + most), AGAIN, timeoutMs)));
    return made;
  });
  return { calls, outcomes };
}

/** Makes the same calls in a process of a candidate; null when it does the same everywhere. */
export async function compareBehaviour(
  process: MeasuredProcess,
  expected: Behaviour,
  timeoutMs: number,
): Promise<Difference | null> {
  const outcomes = await process.calls(expected.calls, AGAIN, timeoutMs);
  return firstDifference(expected, outcomes);
}

/** The first call on which two records differ. A call whose outcome is too large to be told is no evidence, and is passed over. */
export function firstDifference(expected: Behaviour, outcomes: readonly ExactOutcome[]): Difference | null {
  let at = 0;
  for (const [index, call] of expected.calls.entries()) {
    const times = index % AGAIN === 0 ? 2 : 1;
    for (let time = 0; time < times; time++, at++) {
      const wanted = expected.outcomes[at] as ExactOutcome;
      const message = wanted.unknown === true ? null : differenceOf(wanted, outcomes[at] ?? {});
      if (message !== null) return { call, message, expected: show(wanted), actual: show(outcomes[at] ?? {}) };
    }
  }
  return null;
}

function differenceOf(wanted: ExactOutcome, found: ExactOutcome): string | null {
  if (found.error !== wanted.error)
    return wanted.error === undefined ? "throws instead of returning" : "does not throw the same error";
  if (wanted.error !== undefined && !MESSAGE_OF_THE_ENGINE.has(wanted.error) && found.message !== wanted.message)
    return "throws with another message";
  if (found.value !== wanted.value) return "returns another value";
  if (found.args !== wanted.args) return "leaves its arguments as something else";
  // What is the same object matters only where something was returned.
  if (wanted.error === undefined && found.shape !== wanted.shape)
    return "the result shares other objects with the arguments, or within itself";
  return null;
}

function show({ value, error, message, args, shape }: ExactOutcome): string {
  const what = error === undefined ? `returns ${value}` : `throws ${error}: ${message}`;
  return showWire(`${what}; arguments ${args}; ${shape}`);
}

/** How many of the calls can be compared: those whose outcome could be told. */
export function comparable({ outcomes }: Behaviour): number {
  return outcomes.filter((outcome) => outcome.unknown !== true).length;
}
