import { Agent, EnvHttpProxyAgent, fetch as undiciFetch } from "undici";
import { CircuitBreaker } from "./breaker.ts";
import { FaultError, oneLine } from "./fault.ts";
import { Gate, type GateLimits } from "./gate.ts";

/** More bytes than any answer needs; the rest is not read. */
const MOST_BYTES = 8 * 1024 * 1024;

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
    return new Response(body.pipeThrough(atMost(MOST_BYTES)), { status, headers });
  }) as Fetch;
}

function atMost(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > bytes)
        throw new FaultError({
          kind: "too-large",
          message: `the answer is larger than ${bytes / 1024 / 1024} MB`,
          retry: true,
          paid: true,
        });
      controller.enqueue(chunk);
    },
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
