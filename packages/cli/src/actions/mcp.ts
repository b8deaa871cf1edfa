import { realpathSync } from "node:fs";
import type { Action } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { serveMcp } from "../mcp/server.ts";
import { readMachineOptions, projectState } from "../run-options.ts";

export const run: Action = async (call) => {
  const { signal, release } = onInterrupt(() => {});
  try {
    const root = realpathSync(process.cwd());
    await serveMcp({ root, state: projectState(call), machine: readMachineOptions(call) }, signal);
    return 0;
  } finally {
    release();
  }
};
