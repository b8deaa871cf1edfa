import type { SpeedResult } from "@pawl/improve";
import { figure } from "../words.ts";

/** What is known of a faster function, for people. */
export function speedEvidence({ cpu, growth, checked }: SpeedResult): readonly (readonly [string, string])[] {
  const milliseconds = (value: number): string => `${figure(Math.round(value * 10) / 10)} ms`;
  const ratio = (value: number): string => figure(Math.round(value * 100) / 100);
  const exponent = (side: "before" | "after"): string => {
    const found = growth[side];
    return found === null
      ? "unknown"
      : `${ratio(found.exponent)} (${ratio(found.interval[0])} to ${ratio(found.interval[1])})`;
  };
  const pairs: [string, string][] = [["CPU time before", milliseconds(cpu.before)]];
  if (cpu.interval === null) return pairs;
  pairs.push(
    ["CPU time after", milliseconds(cpu.after)],
    ["ratio", `${ratio(cpu.ratio)}, 95 % interval ${ratio(cpu.interval[0])} to ${ratio(cpu.interval[1])}`],
    ...cpu.distributions.map(({ name, size, before, after }): [string, string] => [
      `  ${name}`,
      `${milliseconds(before)} to ${milliseconds(after)} at size ${size}`,
    ]),
    ["growth exponent", `${exponent("before")} before, ${exponent("after")} after`],
    [
      "same behaviour on",
      `${checked.examples} recorded or given calls, ${checked.calls} generated ones, ${checked.timedInputs} large ones`,
    ],
  );
  return pairs;
}
