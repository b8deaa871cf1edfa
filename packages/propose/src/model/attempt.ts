import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { FaultError, faultOf, type Fault } from "./fault.ts";
import { abortError } from "./gate.ts";
import { LogProbabilities } from "./log-probabilities.ts";
import type { ModelAnswer, ModelRequest, ModelToolCall } from "./model.ts";

export interface AttemptLimits {
  /** Longest silence: before the first piece of the answer and between two. */
  readonly silenceSeconds: number;
  /** For the whole attempt. */
  readonly totalSeconds: number;
  /** Asks an OpenAI-compatible server for the log-probabilities of the tokens. */
  readonly logProbabilities: boolean;
}

/** What one attempt brought, before it is counted and priced. */
export interface Attempt {
  readonly text: string;
  readonly toolCalls: readonly ModelToolCall[];
  readonly finish: ModelAnswer["finish"];
  readonly meanLogProbability?: number;
  /** Null when the stream was ended early, so that none came. */
  readonly usage: LanguageModelV4Usage | null;
}

/** Asks once, reading the stream. Throws a FaultError, or an AbortError when `signal` was aborted. */
export async function attempt(
  model: LanguageModelV4,
  request: ModelRequest,
  limits: AttemptLimits,
  signal: AbortSignal,
): Promise<Attempt> {
  if (signal.aborted) throw abortError(signal);
  const watch = new Watch(limits, signal);
  const reader = new AnswerReader(request);
  let begun = false;
  try {
    const { stream } = await watch.race(model.doStream(callOptions(request, limits.logProbabilities, watch.signal)));
    begun = true;
    const parts = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await watch.race(parts.read());
        if (done) break;
        if (value.type !== "stream-start" && value.type !== "raw") watch.heard();
        if (value.type === "error") throw value.error;
        if (reader.take(value)) break;
      }
    } finally {
      // Ends the connection too when the answer is enough before its end.
      watch.abort();
      parts.cancel().catch(() => {});
    }
    return reader.answer();
  } catch (error) {
    watch.abort();
    if (signal.aborted) throw abortError(signal);
    const fault = watch.timedOut ?? (error instanceof FaultError ? error.fault : faultOf(error, begun));
    throw new FaultError({ ...fault, partial: reader.text });
  } finally {
    watch.end();
  }
}

/** Puts the pieces of a stream together and says when it is enough. */
class AnswerReader {
  readonly #request: ModelRequest;
  readonly #mostCharacters: number;
  readonly #longestStop: number;
  readonly #toolCalls: ModelToolCall[] = [];
  #finish: ModelAnswer["finish"] | null = null;
  #usage: LanguageModelV4Usage | null = null;
  readonly #logProbabilities = new LogProbabilities();
  #pieces = 0;
  #sameAsBefore = 0;
  #before = "";
  text = "";

  constructor(request: ModelRequest) {
    this.#request = request;
    // A token is rarely longer than 16 characters: a server that sends more does not honour the limit.
    this.#mostCharacters = 4096 + 16 * request.maxOutputTokens;
    this.#longestStop = Math.max(0, ...(request.stop ?? []).map((stop) => stop.length));
  }

  /** True when nothing more is wanted. */
  take(part: { readonly type: string }): boolean {
    const piece = part as Part;
    if (piece.type === "raw") this.#logProbabilities.addChunk(piece.rawValue);
    if (piece.type === "text-delta") return this.#add(piece.delta);
    if (piece.type === "tool-call") this.#toolCalls.push({ name: piece.toolName, arguments: parsed(piece.input) });
    if (piece.type === "finish") {
      this.#usage = piece.usage;
      this.#finish = finishOf(piece.finishReason.unified);
    }
    return false;
  }

  answer(): Attempt {
    const { text } = this;
    if (this.#finish === null || this.#finish === "cut")
      throw new FaultError({ kind: "cut", message: "the stream ended before the answer did", retry: true, paid: true });
    if (text.trim() === "" && this.#toolCalls.length === 0 && this.#finish !== "refusal") {
      const message =
        this.#finish === "length" ? "nothing but thoughts before the limit of tokens" : "the answer is empty";
      throw new FaultError({ kind: "empty", message, retry: true, paid: true });
    }
    // A piece is at least a token, so more pieces than tokens, some of them the same as the one before, are pieces sent twice.
    const tokens = this.#usage?.outputTokens.total;
    if (tokens !== undefined && tokens > 0 && this.#pieces > tokens && this.#pieces - this.#sameAsBefore <= tokens) {
      const message = `${this.#pieces} pieces for ${tokens} tokens, ${this.#sameAsBefore} of them the same as the one before`;
      throw new FaultError({ kind: "repeated", message, retry: true, paid: true });
    }
    const finish = this.#finish === "stop" && this.#toolCalls.length > 0 ? "tool-calls" : this.#finish;
    return {
      text,
      toolCalls: this.#toolCalls,
      finish: finish === "stop" && isRefusal(text) ? "refusal" : finish,
      usage: this.#usage,
      ...this.#logProbabilities.field,
    };
  }

  #add(delta: string): boolean {
    const before = this.text.length;
    this.#pieces += 1;
    if (delta === this.#before) this.#sameAsBefore += 1;
    this.#before = delta;
    this.text += delta;
    // Some servers do not know stop strings.
    for (const stop of this.#request.stop ?? []) {
      const at = this.text.indexOf(stop, Math.max(0, before - this.#longestStop));
      if (at === -1) continue;
      this.text = this.text.slice(0, at);
      this.#finish = "stop";
      return true;
    }
    if (this.text.length > this.#mostCharacters)
      throw new FaultError({
        kind: "too-large",
        message: `more than ${this.#mostCharacters} characters for ${this.#request.maxOutputTokens} tokens`,
        retry: true,
        paid: true,
      });
    if (this.#request.enough?.(this.text) !== true) return false;
    this.#finish = "enough";
    return true;
  }
}

type Part =
  | { readonly type: "raw"; readonly rawValue: unknown }
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "tool-call"; readonly toolName: string; readonly input: string }
  | {
      readonly type: "finish";
      readonly usage: LanguageModelV4Usage;
      readonly finishReason: { readonly unified: string };
    };

function finishOf(unified: string): ModelAnswer["finish"] {
  if (unified === "stop" || unified === "length" || unified === "tool-calls") return unified;
  if (unified === "content-filter") return "refusal";
  return unified === "error" || unified === "interrupted" ? "cut" : "other";
}

const REFUSAL =
  /^\s*(?:I['’]?m sorry|I am sorry|Sorry|I apologi[sz]e|Unfortunately,? I|I can(?:['’]t|not| not)|I['’]?m (?:not able|unable)|I am (?:not able|unable)|I won['’]t)\b[^]{0,120}?\b(?:help|assist|comply|provide|fulfil|do that|with that|with this|continue)/i;

/** A short text that only says no. */
function isRefusal(text: string): boolean {
  return text.length < 600 && !text.includes("```") && REFUSAL.test(text);
}

/** Arguments as data; as text when the model wrote no JSON. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}

/** Two clocks and the caller's signal in one AbortSignal. */
class Watch {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #onAbort = (): void => this.#controller.abort();
  readonly #total: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;
  #ended: Promise<never>;
  #heard = false;
  timedOut: Fault | null = null;

  constructor(limits: AttemptLimits, outer: AbortSignal) {
    this.#outer = outer;
    outer.addEventListener("abort", this.#onAbort, { once: true });
    this.#total = setTimeout(() => this.#timeOut(`no end within ${limits.totalSeconds} s`), limits.totalSeconds * 1000);
    this.#silence = setTimeout(
      () =>
        this.#timeOut(
          this.#heard ? `silent for ${limits.silenceSeconds} s` : `no first token within ${limits.silenceSeconds} s`,
        ),
      limits.silenceSeconds * 1000,
    );
    this.#ended = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")), { once: true });
    });
    this.#ended.catch(() => {});
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What is awaited, or an error as soon as time is up: a reader that does not listen to the signal is not waited for. */
  race<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }

  heard(): void {
    this.#heard = true;
    this.#silence.refresh();
  }

  abort(): void {
    this.#controller.abort();
  }

  end(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
    this.#outer.removeEventListener("abort", this.#onAbort);
  }

  #timeOut(message: string): void {
    this.timedOut ??= { kind: "timeout", message, retry: true, paid: true };
    this.#controller.abort();
  }
}

function callOptions(
  request: ModelRequest,
  logProbabilities: boolean,
  abortSignal: AbortSignal,
): LanguageModelV4CallOptions {
  return {
    prompt: promptOf(request),
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    ...(request.seed === undefined ? {} : { seed: request.seed }),
    ...(request.stop === undefined || request.stop.length === 0 ? {} : { stopSequences: [...request.stop] }),
    ...(request.tools === undefined || request.tools.length === 0
      ? {}
      : {
          tools: request.tools.map(({ name, description, parameters }) => ({
            type: "function" as const,
            name,
            description,
            inputSchema: parameters as Record<string, never>,
          })),
          toolChoice: { type: "auto" as const },
        }),
    // They come with the chunks, which the clients do not read for them.
    ...(logProbabilities
      ? { includeRawChunks: true, providerOptions: { http: { logprobs: true }, openai: { logprobs: true } } }
      : {}),
    abortSignal,
  };
}

function promptOf({ messages, cacheUpTo }: ModelRequest): LanguageModelV4Prompt {
  return messages.map(({ role, content }, i) => {
    const options = i === cacheUpTo ? { providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } } : {};
    if (role === "system") return { role, content, ...options };
    return { role, content: [{ type: "text" as const, text: content }], ...options };
  });
}
