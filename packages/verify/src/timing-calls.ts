import { Rng } from "@pawl/core";
import { generateCalls } from "./generated-calls.ts";
import type { InputFamily } from "./timing-inputs.ts";
import type { Arguments } from "./timing-process.ts";
import type { WireValue } from "./wire.ts";

/** What is known of a function's calls. */
export interface KnownCalls {
  /** Recorded or given calls. */
  readonly examples: readonly Arguments[];
  readonly family: InputFamily;
  /** Literals of the program, for generated calls. */
  readonly constants: readonly WireValue[];
  readonly seed: number;
}

export interface CallsWanted {
  /** Other calls for each purpose. */
  readonly purpose: string;
  /** Besides the examples; about so many. */
  readonly count: number;
  /** Largest size of the family's inputs. */
  readonly largest: number;
  /** No call is longer, and none has a larger number, than the examples and the family's inputs: for functions that need too long for them. */
  readonly bounded: boolean;
}

/** Calls to compare two versions on: examples, small inputs of every distribution, and variations of both. */
export function callsToCompare(
  { examples, family, constants, seed }: KnownCalls,
  { purpose, count, largest, bounded }: CallsWanted,
): readonly Arguments[] {
  const rng = Rng.of(seed, "calls", purpose);
  const made = Array.from({ length: Math.ceil(count / 3) }, (_, i) =>
    family.make(
      family.distributions[i % family.distributions.length] as string,
      Math.max(family.sizes[0], rng.int(largest) + 1),
      rng.child(i),
    ),
  );
  const models = [...examples, ...made].map((args) => ({ call: "", args }));
  const varied = generateCalls(models, constants, count - made.length, rng).map(({ args }) => args);
  return [...examples, ...made, ...(bounded ? noLarger(varied, [...examples, ...made]) : varied)];
}

/** Those of the calls that are no longer than the longest model, and have no larger number. */
function noLarger(calls: readonly Arguments[], models: readonly Arguments[]): readonly Arguments[] {
  const length = (args: Arguments): number => JSON.stringify(args).length;
  const number = (args: Arguments): number =>
    Math.max(0, ...(JSON.stringify(args).match(/\d+/g) ?? []).map((digits) => Number(digits)));
  const longest = Math.max(...models.map(length));
  const largest = Math.max(...models.map(number));
  return calls.filter((args) => length(args) <= longest && number(args) <= largest);
}
