import { MachineError, UsageError } from "@pawl/core";
import { CLEAR, fakeSystem, SAME } from "./fixture-system.ts";
import type { System } from "./system.ts";

/**
 * Stands in for the registry in tests of the command line. `swe-search` takes a while with seeds above 1 unless LAB_FAST is set; `iad` fails its
 * precondition, `dgm` its claim, and `rise` cannot run at all.
 */
const SYSTEMS: readonly System[] = [
  fakeSystem({ shares: CLEAR, before: pause }).system,
  { ...fakeSystem({ shares: SAME }).system, id: "dgm" },
  {
    ...fakeSystem({ shares: CLEAR }).system,
    id: "iad",
    preconditions: [
      {
        id: "p",
        says: "sampling does",
        metric: "solved",
        left: "sampling",
        atLeast: 0.9,
        gated: true,
        since: "2026-11-26",
      },
    ],
  },
  { ...fakeSystem({ shares: CLEAR, before: refuse }).system, id: "rise" },
];

export function builtSystems(): readonly string[] {
  return SYSTEMS.map(({ id }) => id);
}

export async function loadSystem(id: string): Promise<System> {
  const system = SYSTEMS.find((each) => each.id === id);
  if (system === undefined) throw new UsageError({ what: `'${id}' is not built yet`, todo: "Build it." });
  return system;
}

function pause(_arm: string, seed: number, signal: AbortSignal): void | Promise<void> {
  if (seed === 1 || process.env["LAB_FAST"] === "1") return;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 60_000);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

function refuse(): void {
  throw new MachineError({ what: "no sandbox works here", todo: "Get one." });
}
