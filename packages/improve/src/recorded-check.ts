import { DivergenceError, type Check } from "@pawl/core";

/** Stands where a check stands when a run is replayed from its record alone: nothing is judged. */
export function recordedOnly(): Check {
  const refuse = async (): Promise<never> => {
    throw new DivergenceError({
      what: "the replay came to a verdict that is not on record",
      todo: "The run was not finished: `pawl resume` it first.",
    });
  };
  return { id: "recorded", deterministic: true, screen: refuse, confirm: refuse, close: async () => {} };
}
