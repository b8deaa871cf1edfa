import { FAULT_CLASSES, type Critique, type EditWeights } from "@pawl/core";

/** A critic who is sure of a kind has a say of this many nats at most, and one who names a line of this many. */
const MOST = 2;
const NAMED_LINE = 1;

/**
 * A critique as weights of edits: its own where it gives some; else its probabilities of the kinds of faults against even ones, and the line it names.
 * Undefined when it says nothing of either.
 */
export function weightsOf({ weights, finding }: Critique): EditWeights | undefined {
  if (weights !== undefined || finding === undefined) return weights;
  const even = 1 / FAULT_CLASSES.length;
  const byFaultClass = Object.fromEntries(
    Object.entries(finding.kinds).map(([kind, share]) => [
      kind,
      Math.max(-MOST, Math.min(MOST, Math.log(Math.max(share, 1e-6) / even))),
    ]),
  );
  const { path, line } = finding;
  return {
    byFaultClass,
    ...(path === undefined || line === undefined ? {} : { byLine: { [`${path}:${line}`]: NAMED_LINE } }),
  };
}
