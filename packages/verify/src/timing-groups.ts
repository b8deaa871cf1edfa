import { Rng } from "@pawl/core";
import type { InputFamily } from "./timing-inputs.ts";
import { type Arguments, type MeasuredFunction, MeasuredProcess, NoMeasurement } from "./timing-process.ts";

/** What is timed: for each distribution a size and how many different inputs of it. */
export interface TimedGroup {
  readonly distribution: string;
  readonly size: number;
  readonly count: number;
}

/** CPU milliseconds that the calls of a group take the base. */
const GROUP_MS = 25;
/** A single call of the largest size that is still tried. */
const MOST_MS_PER_CALL = 400;
const MOST_INPUTS = 60;
/** Characters of all inputs of a group as JSON: what goes through a pipe for every judgement. Three inputs of the smallest size may be more. */
const MOST_CHARACTERS = 1_000_000;
const FEWEST_INPUTS = 3;

export interface GroupQuestion {
  readonly measured: MeasuredFunction;
  readonly family: InputFamily;
  readonly seed: number;
  /** CPU milliseconds that each group should take the base; default 25. */
  readonly groupMs?: number;
}

/** For each distribution the size at which one call of the base takes a noticeable time. */
export async function chooseGroups(
  { measured, family, seed, groupMs: given }: GroupQuestion,
  signal: AbortSignal,
): Promise<readonly TimedGroup[]> {
  const groupMs = given ?? GROUP_MS;
  const groups: TimedGroup[] = [];
  for (const distribution of family.distributions)
    groups.push(
      await MeasuredProcess.use(measured, {}, signal, (process) =>
        chooseGroup(process, { family, distribution, seed, groupMs }),
      ),
    );
  return groups;
}

async function chooseGroup(
  process: MeasuredProcess,
  { family, distribution, seed, groupMs }: Required<Omit<GroupQuestion, "measured">> & { distribution: string },
): Promise<TimedGroup> {
  let size = family.sizes[0];
  let cost = 0;
  let length = 1;
  for (let next = size; next <= family.sizes[1]; next = nextSize(next, family.sizes[1])) {
    const inputs = inputsOf(family, { distribution, size: next, count: 2 }, seed);
    const nextLength = JSON.stringify(inputs).length / 2;
    if (FEWEST_INPUTS * nextLength > MOST_CHARACTERS && cost > 0) break;
    const { cpuMs } = await process
      .time(inputs, 10 * MOST_MS_PER_CALL)
      .catch((error: unknown) => tooLarge(error, cost > 0));
    if (cpuMs / 2 > MOST_MS_PER_CALL && cost > 0) break;
    size = next;
    cost = cpuMs / 2;
    length = nextLength;
    if (cost >= groupMs / 5) break;
  }
  const wanted = Math.min(Math.ceil(groupMs / Math.max(cost, 0.05)), Math.floor(MOST_CHARACTERS / length));
  return { distribution, size, count: Math.min(MOST_INPUTS, Math.max(FEWEST_INPUTS, wanted)) };
}

/** The inputs of a group under a seed. */
export function inputsOf(
  family: InputFamily,
  { distribution, size, count }: TimedGroup,
  seed: number,
): readonly Arguments[] {
  return Array.from({ length: count }, (_, i) =>
    family.make(distribution, size, Rng.of(seed, "timed", distribution, size, i)),
  );
}

/** Small largest sizes are those of functions that grow exponentially: the next size must not be out of reach. */
function nextSize(size: number, largest: number): number {
  return largest <= 100 ? size + 1 : 2 * size;
}

/** Sizes end where the base needs too long; and, when it could do a smaller one, where it throws or its process ends. */
function tooLarge(error: unknown, didSmaller: boolean): { readonly cpuMs: number } {
  if (!(error instanceof NoMeasurement)) throw error;
  if (error.status === "timeout" || (error.status === "error" && didSmaller)) return { cpuMs: Infinity };
  throw error;
}
