import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import { CircuitBreaker } from "./breaker.ts";
import { FaultError, oneLine } from "./fault.ts";
import { Gate, type GateLimits } from "./gate.ts";

/** More bytes than any answer needs; the rest is not read. */
const MOST_BYTES = 8 * 1024 * 1024;
/** More bytes than one event of a stream needs. */
const MOST_EVENT_BYTES = 1024 * 1024;

type Fetch = typeof globalThis.fetch;

/** One server, however many models of this process use it: its limits, its breaker and its connections. */
export class Endpoint {
  readonly gate: Gate;
  readonly breaker = new CircuitBreaker();
  readonly fetch: Fetch;
  readonly #agent: Agent | EnvHttpProxyAgent;
  #users = 0;

  private static readonly open = new Map<string, Endpoint>();

  private constructor(origin: string, limits: GateLimits) {
    this.gate = new Gate(limits);
    // Silence is this room's business (local models may think for minutes), so the agent's own time-outs are off. The gate bounds the number
    // of connections. A proxy from the environment is for other machines only.
    const settings = {
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 15_000,
      keepAliveTimeout: 20_000,
      pipelining: 1,
    };
    this.#agent = isLoopback(origin) ? new Agent(settings) : new EnvHttpProxyAgent(settings);
    this.fetch = guardedFetch(this.#agent);
  }

  /** The endpoint of this origin; its limits are those of who opened it first. Each use ends with one `close`. */
  static of(origin: string, limits: GateLimits): Endpoint {
    let endpoint = Endpoint.open.get(origin);
    if (endpoint === undefined) {
      endpoint = new Endpoint(origin, limits);
      Endpoint.open.set(origin, endpoint);
    }
    endpoint.#users += 1;
    return endpoint;
  }

  async close(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    for (const [origin, endpoint] of Endpoint.open) if (endpoint === this) Endpoint.open.delete(origin);
    await this.#agent.destroy();
  }
}

/** True for an address of this machine. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return (
    hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || hostname.startsWith("127.")
  );
}

/** `fetch` that reads no more than it must and refuses a success that is not a stream of events. */
function guardedFetch(dispatcher: Agent | EnvHttpProxyAgent): Fetch {
  return (async (input: string, init: RequestInit) => {
    const response = (await undiciFetch(input, { ...init, dispatcher, redirect: "error" } as Parameters<
      typeof undiciFetch
    >[1])) as unknown as Response;
    const { body, status, headers } = response;
    if (body === null) return response;
    const type = headers.get("content-type") ?? "";
    if (init.method === "POST" && status === 200 && /\b(?:json|html|xml)\b/i.test(type)) {
      const start = await firstBytes(body, 400);
      throw new FaultError({
        kind: "invalid-answer",
        message: `expected text/event-stream, got ${oneLine(type)}: ${oneLine(start)}`,
        retry: true,
        paid: true,
      });
    }
    return new Response(body.pipeThrough(bounded()), { status, headers });
  }) as Fetch;
}

/** Passes bytes on until there are too many of them, or too many in one line. */
function bounded(): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  let line = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      const end = chunk.lastIndexOf(10);
      line = end === -1 ? line + chunk.byteLength : chunk.byteLength - end - 1;
      if (seen > MOST_BYTES) throw tooLarge("the answer", MOST_BYTES);
      if (line > MOST_EVENT_BYTES) throw tooLarge("one piece of the answer", MOST_EVENT_BYTES);
      controller.enqueue(chunk);
    },
  });
}

function tooLarge(what: string, bytes: number): FaultError {
  return new FaultError({
    kind: "too-large",
    message: `${what} is larger than ${bytes / 1024 / 1024} MB`,
    retry: true,
    paid: true,
  });
}

async function firstBytes(body: ReadableStream<Uint8Array>, count: number): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= count) break;
  }
  return text.slice(0, count);
}
