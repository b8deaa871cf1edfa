// Shared by the node:test reporter (clean runs) and the warm runner: how a thrown value is reported.
import { inspect } from "node:util";

function show(value) {
  return typeof value === "string" ? value : inspect(value, { depth: 6, maxArrayLength: 100, breakLength: 120 });
}

/** Message, stack text, and both sides of the comparison where it was an assertion. */
export function describeError(error) {
  if (error === null || typeof error !== "object") return { message: String(error) };
  const name = typeof error.name === "string" ? error.name : "Error";
  const message = typeof error.message === "string" ? error.message : inspect(error);
  return {
    message: `${name}: ${message}`,
    ...(typeof error.stack === "string" && { stack: error.stack }),
    ...((error.code === "ERR_ASSERTION" || ("expected" in error && "actual" in error)) && {
      expected: show(error.expected),
      actual: show(error.actual),
    }),
  };
}
