import { APICallError, InvalidResponseDataError, JSONParseError, TypeValidationError } from "@ai-sdk/provider";
import type { ModelFaultKind } from "./model-error.ts";

/** One failed attempt. */
export interface Fault {
  readonly kind: ModelFaultKind;
  /** One line; secrets are taken out by whoever shows it. */
  readonly message: string;
  /** Worth the same request again. */
  readonly retry: boolean;
  /** The provider may charge for it: it had begun to work. */
  readonly paid: boolean;
  /** Milliseconds from now, as the server asked. */
  readonly retryAfter?: number;
  /** What had come of the answer. */
  readonly partial?: string;
}

/** Carries a fault out of the transport or the reader of the stream. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = "FaultError";
    this.fault = fault;
  }
}

/**
 * What went wrong with one attempt.
 * @param begun whether the server had accepted the request and begun to answer
 */
export function faultOf(error: unknown, begun: boolean): Fault {
  const inner = faultErrorIn(error);
  if (inner !== null) return inner.fault;
  if (APICallError.isInstance(error)) return faultOfCall(error, begun);
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error))
    return { kind: "invalid-answer", message: `not the protocol: ${oneLine(error.message)}`, retry: true, paid: true };
  if (InvalidResponseDataError.isInstance(error))
    return { kind: "cut", message: oneLine(error.message), retry: true, paid: true };
  if (error instanceof Error) {
    const code = codeOf(error);
    const message = `${begun ? "the connection was cut" : "no connection"}: ${oneLine(code ?? error.message)}`;
    return {
      kind: begun ? "cut" : "connection",
      message,
      retry: true,
      paid: begun || code === "ECONNRESET" || code === "UND_ERR_SOCKET",
    };
  }
  return {
    kind: "server",
    message: `the stream carries an error: ${oneLine(JSON.stringify(error) ?? String(error))}`,
    retry: true,
    paid: true,
  };
}

function faultOfCall(error: APICallError, begun: boolean): Fault {
  const status = error.statusCode;
  if (status === undefined || status < 400) {
    // The request never got through, or a success whose body is cut or not what it should be.
    if (error.cause instanceof Error) return faultOf(error.cause, begun || status !== undefined);
    return { kind: "invalid-answer", message: `not the protocol: ${oneLine(error.message)}`, retry: true, paid: true };
  }
  const message = `HTTP ${status}: ${oneLine(error.message === "" ? (error.responseBody ?? "") : error.message)}`;
  const retryAfter = retryAfterOf(error.responseHeaders?.["retry-after-ms"], error.responseHeaders?.["retry-after"]);
  const wait = retryAfter === null ? {} : { retryAfter };
  if (status === 401 || status === 403) return { kind: "authentication", message, retry: false, paid: false };
  if (status === 404) return { kind: "not-found", message, retry: false, paid: false };
  if (status === 408 || status === 504) return { kind: "timeout", message, retry: true, paid: true, ...wait };
  if (status === 429) return { kind: "rate-limit", message, retry: true, paid: false, ...wait };
  if (status === 409 || status === 425 || status >= 500)
    return { kind: "server", message, retry: true, paid: false, ...wait };
  return { kind: "bad-request", message, retry: false, paid: false };
}

/**
 * Milliseconds to wait by the header `Retry-After` (RFC 9110, 10.2.3: seconds or an HTTP date), or by `retry-after-ms`, which some providers
 * send beside it; null when there is none, or none that can be read.
 */
export function retryAfterOf(
  milliseconds: string | undefined,
  header: string | undefined,
  now = Date.now(),
): number | null {
  const exact = Number(milliseconds ?? Number.NaN);
  if (exact >= 0 && Number.isFinite(exact)) return exact;
  if (header === undefined || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function faultErrorIn(error: unknown): FaultError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (at instanceof FaultError) return at;
  return null;
}

function codeOf(error: Error): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ("code" in at && typeof at.code === "string") return at.code;
  return null;
}

/** At most 240 characters without line breaks. */
export function oneLine(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/g, " ").trim();
  return line.length > 240 ? `${line.slice(0, 239)}…` : line;
}
