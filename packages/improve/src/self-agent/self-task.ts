import { estree } from "@pawl/propose";
import type { FunctionCase, WireValue } from "@pawl/verify";
import type { Program } from "./programs.ts";
import type { VisibleTests } from "./desk.ts";
import type { Bench } from "./bench.ts";
import { baseAgent, type AgentFiles } from "./workspace.ts";

/** Id of the program whose cases are the self-tests that an agent brings along: its own view of what an agent has to do, never part of a score. */
export const SELF_TESTS = "agent-selftests";

/** Small programs with one fault each, for an agent's self-tests. */
const EXAMPLES: readonly (readonly [right: string, wrong: string, line: number])[] = [
  [
    "export const last = (list) => list[list.length - 1];\n",
    "export const last = (list) => list[list.length + 1];\n",
    1,
  ],
  [
    "export function sum(list) {\n  let total = 0;\n  for (const each of list) total += each;\n  return total;\n}\n",
    "export function sum(list) {\n  let total = 1;\n  for (const each of list) total += each;\n  return total;\n}\n",
    2,
  ],
  [
    "export function clamp(x, low, high) {\n  if (x < low) return low;\n  if (x > high) return high;\n  return x;\n}\n",
    "export function clamp(x, low, high) {\n  if (x > low) return low;\n  if (x > high) return high;\n  return x;\n}\n",
    2,
  ],
];

/** The self-tests as a program of the bench; an agent's files take the place of the base agent's. */
export function selfTestProgram(): Program {
  const examples = EXAMPLES.map(([right, wrong, line]): WireValue => {
    const suspects = wrong.split("\n").map((_, i) => (i + 1 === line ? 1 : 0.1));
    return {
      files: { "a.js": wrong },
      right: { "a.js": right },
      trees: { "a.js": estree(wrong, "a.js") as WireValue },
      suspects: { "a.js": suspects },
      score: 0.5,
    };
  });
  const cases = ["answers", "finds"].flatMap((call) =>
    examples.map((example, i): FunctionCase => ({ name: `${call} ${i + 1}`, call, args: [example], returns: true })),
  );
  const modifies: FunctionCase = {
    name: "modifies",
    call: "modifies",
    args: [examples[0] as WireValue],
    returns: true,
  };
  return {
    id: SELF_TESTS,
    module: "selftest/selftest.js",
    files: baseAgent(),
    visible: [...cases, modifies],
    hidden: [],
  };
}

/** The tests behind the desk of an agent that changes an agent: the copies' own. */
export function selfTestsOf(target: AgentFiles, bench: Bench, signal: AbortSignal): VisibleTests {
  return {
    files: target,
    judge: (batch) => Promise.all(batch.map((files) => bench.visible(SELF_TESTS, { ...target, ...files }, signal))),
    suspects: () => Promise.reject(new Error("there are no suspicious lines in a self-task")),
  };
}
