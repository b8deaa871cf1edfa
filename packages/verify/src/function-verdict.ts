import { pathToFileURL } from "node:url";
import type { Cost, Feedback, Verdict } from "@pawl/core";
import { closeness } from "./closeness.ts";
import { sameValue } from "./equality.ts";
import { type Failure, type FunctionCase, type Outcome, type Reply, showWire } from "./wire.ts";

/** What is wrong with an outcome, for people; null when it is what the case asks for. */
export function mismatch(item: FunctionCase, outcome: Outcome | undefined, id: string, root: string): Feedback | null {
  const fail = (message: string, expected: string, actual: string): Feedback => ({
    kind: "test",
    name: id,
    message,
    expected,
    actual,
    ...placeOf(outcome?.stack, root),
  });
  const wanted = item.throws === undefined ? showWire(item.returns) : `throws ${item.throws}`;
  if (outcome === undefined) return fail("was not reached", wanted, "nothing");
  if (outcome.throws !== undefined && outcome.throws !== item.throws) {
    return fail(`threw ${outcome.throws}: ${outcome.message ?? ""}`, wanted, `throws ${outcome.throws}`);
  }
  if (item.throws !== undefined && outcome.throws === undefined) {
    return fail("returned instead of throwing", wanted, showWire(outcome.returns));
  }
  if (item.throws === undefined && !sameValue(outcome.returns, item.returns, item.tolerance)) {
    return fail("returned another value", wanted, showWire(outcome.returns));
  }
  if (item.argsAfter !== undefined && !sameValue(outcome.argsAfter, item.argsAfter, item.tolerance)) {
    return fail("left its arguments in another state", showWire(item.argsAfter), showWire(outcome.argsAfter));
  }
  return null;
}

/** The engine's word on what a process reported. A call that never ended makes the whole verdict a timeout with no case passed. */
export function verdictOfCases(
  cases: readonly FunctionCase[],
  ids: readonly string[],
  reply: Reply,
  root: string,
  cost: Cost,
): Verdict {
  const early = earlyEnd(reply, root);
  if (early !== null) {
    return {
      status: early.status,
      scores: { passed: [0] },
      failing: ids.toSorted(),
      feedback: [early.feedback],
      cost,
      evidence: [],
    };
  }
  const wrong = cases.flatMap((item, index) => mismatch(item, reply.outcomes[index], ids[index] as string, root) ?? []);
  const feedback =
    reply.uncaught === undefined
      ? wrong
      : [...wrong, failureFeedback("left an error that nobody caught", reply.uncaught, root)];
  return {
    status: feedback.length === 0 ? "passed" : "failed",
    scores: {
      passed: [(cases.length - wrong.length) / cases.length],
      closeness: [rounded(mean(cases.map((item, index) => closeness(item, reply.outcomes[index]))))],
    },
    failing: wrong.map((item) => item.name as string).toSorted(),
    feedback,
    cost,
    evidence: [],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Short in the record, and the same whatever the order of a sum. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function earlyEnd(
  reply: Reply,
  root: string,
): { readonly status: "timeout" | "error"; readonly feedback: Feedback } | null {
  switch (reply.ended) {
    case null:
      return null;
    case "timeout":
      return { status: "timeout", feedback: { kind: "error", message: "a call did not end" } };
    case "exit":
      return {
        status: "error",
        feedback: { kind: "error", message: "the process ended before all calls had answered" },
      };
    case "load":
      return {
        status: "error",
        feedback: failureFeedback("the module does not load", reply.load ?? { throws: "Error", message: "" }, root),
      };
  }
}

function failureFeedback(what: string, failure: Failure, root: string): Feedback {
  return { kind: "error", message: `${what}: ${failure.throws}: ${failure.message}`, ...placeOf(failure.stack, root) };
}

/** The innermost place inside the project that a stack trace names: V8's frames come innermost first, Python's last. */
export function placeOf(stack: string | undefined, root: string): { readonly path?: string; readonly line?: number } {
  if (stack === undefined) return {};
  const own = RegExp.escape(`${root}/`);
  const ownUrl = RegExp.escape(`${pathToFileURL(root).href}/`);
  const inPython = [...stack.matchAll(new RegExp(`File "${own}([^"]+)", line (\\d+)`, "g"))].at(-1);
  const inNode = new RegExp(`(?:${ownUrl}|${own})([^\\s():]+):(\\d+)`).exec(stack);
  const found = inPython ?? inNode;
  if (found === null) return {};
  return { path: found[1] as string, line: Number(found[2]) };
}
