import type { ChangedFiles } from "@pawl/core";
import { type FunctionSetting, startFunctionProcess } from "./function-process.ts";
import type { BoxProcess } from "./sandbox.ts";
import { readReply, type Reply } from "./wire.ts";

/** What a process may take beyond the case's own limit; it may have to start first. */
const GRACE_MS = 2000;

/**
 * Runs each call of a set alone, with the lines it executes in `coverage` (project-relative). A call that takes its process down is
 * reported without lines, and a new process goes on with the next.
 */
export async function traceCalls(
  setting: FunctionSetting,
  set: string,
  files: ChangedFiles,
  coverage: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Reply[]> {
  const count = setting.sets[set]?.calls.length ?? 0;
  const replies: Reply[] = [];
  let box: BoxProcess | null = null;
  try {
    while (replies.length < count) {
      signal?.throwIfAborted();
      box ??= await startFunctionProcess(setting, { coverage });
      const reply = await ask(
        box,
        { id: replies.length, set, files, timeoutMs, only: [replies.length], stack: true },
        timeoutMs + GRACE_MS,
      );
      if (reply === null) {
        await box.kill();
        box = null;
      }
      replies.push(reply ?? { outcomes: [], ended: "timeout", cpuMs: 0, wallMs: timeoutMs });
    }
  } finally {
    await box?.kill();
  }
  return replies;
}

async function ask(
  box: BoxProcess,
  request: { readonly id: number; readonly [name: string]: unknown },
  patienceMs: number,
): Promise<Reply | null> {
  box.send(JSON.stringify(request));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, patienceMs, null)));
  const line = await Promise.race([box.messages[Symbol.asyncIterator]().next(), late]);
  clearTimeout(timer);
  return line === null || line.done === true ? null : readReply(line.value, request.id);
}
