import { UsageError } from "@pawl/core";
import type { RunProgress } from "@pawl/improve";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { explainError } from "../report-error.ts";

/** What a tool handler is given besides its arguments; the part of the SDK's that is used. */
export interface ToolExtra {
  readonly signal: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
  readonly sendNotification: (notification: {
    method: "notifications/progress";
    params: { progressToken: string | number; progress: number; message: string };
  }) => Promise<void>;
}

/** Does the work of a tool: its value as JSON, an error a person can act on as one that an agent can act on. */
export async function answer(work: () => Promise<unknown>): Promise<CallToolResult> {
  try {
    const value = await work();
    return { content: [{ type: "text", text: typeof value === "string" ? value : JSON.stringify(value, null, 2) }] };
  } catch (thrown) {
    const { error, exitCode } = explainError(thrown);
    const { what, where, todo } = error;
    const text = [what, ...(where === null ? [] : [`where: ${where}`]), `what to do: ${todo}`].join("\n");
    return {
      isError: true,
      content: [{ type: "text", text }],
      structuredContent: { error: { what, where, todo }, exitCode },
    };
  }
}

/** Tells the client how a long call goes on, when it wants to know. */
export function progressTo({ _meta, sendNotification }: ToolExtra): (message: string) => void {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  return (message) => {
    if (progressToken === undefined) return;
    progress += 1;
    void sendNotification({ method: "notifications/progress", params: { progressToken, progress, message } }).catch(
      () => {},
    );
  };
}

export function progressLine({ phase, screened, kept, trying }: RunProgress): string {
  return `${phase}; ${screened} tried, ${kept} kept${trying === undefined ? "" : `; ${trying}`}`;
}

/** One of the two ways to give a change. */
export function changeOf(
  patch: string | undefined,
  files: Readonly<Record<string, string>> | undefined,
): { readonly patch: string } | { readonly files: Readonly<Record<string, string>> } {
  if (patch !== undefined && files === undefined) return { patch };
  if (files !== undefined && patch === undefined) return { files };
  throw new UsageError({
    what: "a change is a patch or a set of files, and one of the two",
    todo: "Give `patch` (a unified diff against the files as they were at the start), or `files` (whole texts by path).",
  });
}
