import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Rng } from "@pawl/core";
import type { ModelFaultKind } from "./model-error.ts";
import { anthropicEvents, openaiEvents, type Spoken } from "./fixture-protocol.ts";

/** What the server does wrong. */
export const SERVER_FAULTS = [
  "429",
  "429-date",
  "500",
  "503-retry-after",
  "overloaded",
  "reset",
  "slow",
  "silent",
  "cut",
  "ended",
  "error-in-stream",
  "bad-json",
  "wrong-type",
  "huge",
  "huge-piece",
  "refusal",
  "empty",
  "doubled-piece",
  "wrong-usage",
  "negative-usage",
] as const;
export type ServerFault = (typeof SERVER_FAULTS)[number];

/** What each fault is recognised as; those left out do not fail the attempt. */
export const FAULT_KINDS: Partial<Readonly<Record<ServerFault, ModelFaultKind>>> = {
  "429": "rate-limit",
  "429-date": "rate-limit",
  "500": "server",
  "503-retry-after": "server",
  overloaded: "server",
  reset: "connection",
  silent: "timeout",
  cut: "cut",
  ended: "cut",
  "error-in-stream": "server",
  "bad-json": "invalid-answer",
  "wrong-type": "invalid-answer",
  huge: "too-large",
  "huge-piece": "too-large",
  empty: "empty",
  "doubled-piece": "repeated",
};

export interface FaultServerOptions {
  readonly seed?: number;
  /** Share of the requests that go wrong, 0 to 1. */
  readonly rate?: number;
  readonly faults?: readonly ServerFault[];
  /** What happens to the nth request with this last message, counted from 0; instead of `rate`. */
  readonly plan?: (n: number, prompt: string) => ServerFault | null;
  /** What the model says to the last message; default: the message itself, `answer to …`. */
  readonly respond?: (prompt: string) => string;
  /** Logarithm of the probability of the nth piece, told to who asks for it; default: requests for it are overlooked. "refused": they are refused. */
  readonly logProbability?: ((n: number) => number) | "refused";
  /** Milliseconds between pieces of a slow answer; default 5. */
  readonly slowMilliseconds?: number;
}

export interface FaultServer {
  /** The address with /v1 behind it. */
  readonly url: string;
  /** What happened to each request, by its last message, in order; null is a good answer. */
  readonly served: ReadonlyMap<string, readonly (ServerFault | null)[]>;
  /** Most requests in flight at once so far. */
  readonly mostInFlight: () => number;
  /** The bodies and headers of the last request. */
  readonly last: () => { readonly body: Record<string, unknown>; readonly headers: IncomingMessage["headers"] };
  close(): Promise<void>;
}

/**
 * A server that speaks as OpenAI (`/v1/chat/completions`) and Anthropic (`/v1/messages`) do and misbehaves on purpose. What goes wrong is
 * fixed by the seed, the last message and how often that message came: not by the order of arrival.
 */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  const served = new Map<string, (ServerFault | null)[]>();
  const faults = options.faults ?? SERVER_FAULTS;
  let inFlight = 0;
  let most = 0;
  let last: ReturnType<FaultServer["last"]> = { body: {}, headers: {} };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    response.on("close", () => (inFlight -= 1));
    if (request.url?.endsWith("/models") === true) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data: [{ id: "test", max_model_len: 32_000 }] }));
      return;
    }
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
    last = { body, headers: request.headers };
    const { logProbability } = options;
    if (body["logprobs"] === true && logProbability === "refused") {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "'logprobs' is not supported by this model" } }));
      return;
    }
    const prompt = lastMessage(body);
    const times = served.get(prompt) ?? [];
    served.set(prompt, times);
    const rng = Rng.of(options.seed ?? 1, "fault", prompt, times.length);
    const fault =
      options.plan === undefined
        ? rng.uniform() < (options.rate ?? 0)
          ? rng.pick(faults)
          : null
        : options.plan(times.length, prompt);
    times.push(fault);
    const text = options.respond?.(prompt) ?? `answer to ${prompt}`;
    const anthropic = request.url?.endsWith("/messages") === true;
    const told = body["logprobs"] === true && typeof logProbability === "function" ? { logProbability } : {};
    const slow = options.slowMilliseconds ?? 5;
    await misbehave(fault, { text, anthropic, prompt, rng, slow, request, response, ...told });
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    served,
    mostInFlight: () => most,
    last: () => last,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Situation {
  readonly text: string;
  readonly anthropic: boolean;
  readonly prompt: string;
  readonly rng: Rng;
  readonly slow: number;
  readonly logProbability?: (n: number) => number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function misbehave(fault: ServerFault | null, situation: Situation): Promise<void> {
  const { response, request, rng, anthropic } = situation;
  const fail = (status: number, message: string, headers: Record<string, string> = {}): void => {
    // Careless servers repeat what they were sent.
    const sent = String(request.headers["authorization"] ?? request.headers["x-api-key"] ?? "");
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ type: "error", error: { type: "test_error", message: `${message} (${sent})` } }));
  };
  if (fault === "429") return fail(429, "slow down", { "retry-after": "0.02" });
  // A date has no parts of a second: now, or a second away.
  if (fault === "429-date") return fail(429, "slow down", { "retry-after": new Date().toUTCString() });
  if (fault === "500") return fail(500, "out of order");
  if (fault === "503-retry-after") return fail(503, "starting", { "retry-after": "0" });
  if (fault === "overloaded") return fail(529, "overloaded");
  if (fault === "reset") return void request.socket.resetAndDestroy();
  if (fault === "wrong-type") {
    response.writeHead(200, { "content-type": "text/html" });
    return void response.end("<html>Sign in to the network</html>");
  }
  const spoken = spokenOf(fault, situation);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const events = anthropic ? anthropicEvents(spoken) : openaiEvents(spoken);
  const half = Math.max(1, Math.floor(events.length / 2) + rng.int(2) - 1);
  for (const [i, event] of events.entries()) {
    if (response.destroyed) return;
    if (i === half) {
      if (fault === "cut") {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return void request.socket.resetAndDestroy();
      }
      if (fault === "ended") break;
      if (fault === "silent") return;
      if (fault === "bad-json") response.write('data: {"choices": [{"del\n\n');
      if (fault === "error-in-stream")
        response.write(
          anthropic
            ? 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"overloaded"}}\n\n'
            : 'data: {"error":{"message":"out of memory","type":"server_error"}}\n\n',
        );
    }
    response.write(event);
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, situation.slow));
  }
  response.end();
}

function spokenOf(fault: ServerFault | null, { text, prompt, logProbability }: Situation): Spoken {
  const pieces = fault === "empty" ? [] : (text.match(/\s*\S{1,6}/g) ?? [text]);
  const honest: Spoken = {
    pieces,
    finish: "stop",
    inputTokens: Math.ceil(prompt.length / 4) + 8,
    outputTokens: Math.max(1, pieces.length),
    ...(logProbability === undefined ? {} : { logProbabilities: pieces.map((_, i) => logProbability(i)) }),
  };
  switch (fault) {
    case "refusal":
      return { ...honest, pieces: ["I cannot", " help with", " that."], finish: "refusal", outputTokens: 3 };
    case "huge":
      // 10 MB, whatever limit the request set.
      return { ...honest, pieces: Array.from({ length: 160 }, () => "x".repeat(65_536)) };
    case "huge-piece":
      return { ...honest, pieces: ["y".repeat(10 * 1024 * 1024)] };
    case "doubled-piece":
      return { ...honest, pieces: pieces.flatMap((piece, i) => (i === 0 ? [piece, piece] : [piece])) };
    case "wrong-usage":
      return { ...honest, inputTokens: 4_000_000, outputTokens: 900_000 };
    case "negative-usage":
      return { ...honest, inputTokens: -5, outputTokens: -1 };
    default:
      return honest;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function lastMessage(body: Readonly<Record<string, unknown>>): string {
  const { content } = (body["messages"] as { content: string | { text: string }[] }[]).at(-1) as {
    content: string | { text: string }[];
  };
  return typeof content === "string" ? content : content.map(({ text }) => text).join("");
}
