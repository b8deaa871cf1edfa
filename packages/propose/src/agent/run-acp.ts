import { isAbsolute, join, relative } from "node:path";
import type {
  AnyMessage,
  ClientContext,
  RequestPermissionRequest,
  RequestPermissionResponse,
} from "@agentclientprotocol/sdk";
import { UsageError } from "@pawl/core";
import type { AgentProcess, AgentRoom, AgentStart } from "./room.ts";

/** What one session with an agent came to. */
export interface AcpEnd {
  /** Why it ended: the protocol's word for the last turn, or what went wrong. */
  readonly ended: string;
  /** The end of what it said. */
  readonly said: string;
  /** Tokens in its context at the end; 0 when it did not tell. */
  readonly tokens: number;
  /** US dollars of the session; null when it did not tell. */
  readonly dollars: number | null;
}

/** An agent that sends more is flooding. */
const MOST_CHARACTERS = 64 * 1024 ** 2;
const SAID_KEPT = 4000;
const WORDS = { name: "pawl", title: "Pawl", version: "0.1.0" };

/**
 * Works with an agent that speaks the Agent Client Protocol, version 1: one session, one prompt, and one more when `again` has something to
 * say about what the first left. Permissions are given for what lies in the copy, and refused for anything else; files are served from it.
 */
export async function runAcp(
  room: AgentRoom,
  command: AgentStart,
  prompt: string,
  again: () => Promise<string | null>,
  seconds: number,
  signal: AbortSignal,
): Promise<AcpEnd> {
  const { client } = await import("@agentclientprotocol/sdk");
  signal.throwIfAborted();
  const agent = await room.start(command);
  const told = { said: "", tokens: 0, dollars: null as number | null };
  let ended = "";
  const stop = (reason: string) => (): void => {
    if (ended === "") ended = reason;
    void agent.kill();
  };
  const timer = setTimeout(stop(`stopped after ${seconds} s`), seconds * 1000);
  const abort = stop("interrupted");
  signal.addEventListener("abort", abort);
  const app = client({ name: "pawl" })
    .onRequest("session/request_permission", ({ params }) => answerPermission(params, room.root))
    .onRequest("fs/read_text_file", async ({ params: { path, line, limit } }) => {
      const lines = (await refuse(room.read(path))).split("\n");
      const from = Math.max(0, (line ?? 1) - 1);
      return { content: lines.slice(from, limit == null ? undefined : from + limit).join("\n") };
    })
    .onRequest("fs/write_text_file", async ({ params }) => {
      await refuse(room.write(params.path, params.content));
      return {};
    });
  const work = async (context: ClientContext): Promise<string> => {
    await context.request("initialize", {
      protocolVersion: 1,
      clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: false },
      clientInfo: WORDS,
    });
    const session = await context.buildSession(room.root).start();
    let reason = await turn(session, prompt, told);
    const more = reason === "end_turn" ? await again() : null;
    if (more !== null) reason = await turn(session, more, told);
    return reason;
  };
  try {
    const stream = streamOf(agent, stop("stopped: it sent more than 64 MB"));
    const reason = await Promise.race([
      app.connectWith(stream, work),
      agent.exited.then(({ exitCode, stderr }) => {
        throw new Error(`it ended before it was done (exit code ${exitCode}) ${stderr.trim().slice(-500)}`.trim());
      }),
    ]);
    if (ended === "") ended = reason;
  } catch (error) {
    if (ended === "") ended = `failed: ${error instanceof Error ? error.message : JSON.stringify(error)}`;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    await agent.kill();
  }
  signal.throwIfAborted();
  return { ended, ...told };
}

type Session = Awaited<ReturnType<ReturnType<ClientContext["buildSession"]>["start"]>>;

async function turn(
  session: Session,
  prompt: string,
  told: { said: string; tokens: number; dollars: number | null },
): Promise<string> {
  const done = session.prompt(prompt);
  const failed = done.then(() => new Promise<never>(() => {}));
  failed.catch(() => {}); // thrown below, or the connection's end is
  for (;;) {
    const message = await Promise.race([session.nextUpdate(), failed]);
    if (message.kind === "stop") return message.stopReason;
    const { update } = message;
    if (update.sessionUpdate === "agent_message_chunk" && update.content.type === "text")
      told.said = (told.said + update.content.text).slice(-SAID_KEPT);
    if (update.sessionUpdate === "usage_update") {
      told.tokens = Math.max(told.tokens, update.used);
      if (update.cost?.currency === "USD") told.dollars = update.cost.amount;
    }
  }
}

/** Yes to what touches the copy alone, once; no to the rest. The box holds the agent either way: this is what it is told. */
function answerPermission({ options, toolCall }: RequestPermissionRequest, root: string): RequestPermissionResponse {
  const touched = [
    ...(toolCall.locations ?? []).map((location) => location.path),
    ...(toolCall.content ?? []).flatMap((content) => (content.type === "diff" ? [content.path] : [])),
  ];
  const wanted = touched.every((path) => liesIn(root, path)) ? "allow" : "reject";
  const option =
    options.find((each) => each.kind === `${wanted}_once`) ?? options.find((each) => each.kind.startsWith(wanted));
  return {
    outcome: option === undefined ? { outcome: "cancelled" } : { outcome: "selected", optionId: option.optionId },
  };
}

function liesIn(root: string, path: string): boolean {
  const steps = relative(root, isAbsolute(path) ? path : join(root, path));
  return steps !== ".." && !steps.startsWith("../") && !isAbsolute(steps);
}

/** What was wrong with a path, in a form the protocol passes on. */
async function refuse<T>(work: Promise<T>): Promise<T> {
  const { RequestError } = await import("@agentclientprotocol/sdk");
  return work.catch((error: unknown) => {
    if (error instanceof UsageError) throw RequestError.invalidParams({ reason: error.what }, error.what);
    throw error;
  });
}

function streamOf(agent: AgentProcess, flooded: () => void) {
  const lines = agent.messages[Symbol.asyncIterator]();
  let characters = 0;
  return {
    readable: new ReadableStream<AnyMessage>({
      async pull(controller) {
        for (;;) {
          const { done, value } = await lines.next();
          if (done === true) return controller.close();
          characters += value.length;
          if (characters > MOST_CHARACTERS) flooded();
          const message = messageIn(value);
          if (message !== null) return controller.enqueue(message);
        }
      },
    }),
    writable: new WritableStream<AnyMessage>({ write: (message) => agent.send(JSON.stringify(message)) }),
  };
}

/** Agents print greetings and warnings between messages. */
function messageIn(line: string): AnyMessage | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as AnyMessage;
  } catch {
    return null;
  }
}
