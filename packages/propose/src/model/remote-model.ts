import type { LanguageModelV4 } from "@ai-sdk/provider";
import { Rng } from "@pawl/core";
import { attempt, type Attempt } from "./attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import { FaultError, type Fault } from "./fault.ts";
import { abortError, sleep } from "./gate.ts";
import { ModelError, type ModelFaultKind } from "./model-error.ts";
import type { ModelOptions } from "./model-options.ts";
import type { Model, ModelAnswer, ModelBound, ModelRequest, ModelUsage } from "./model.ts";
import { dollarsOf, mostDollars, type Price } from "./prices.ts";
import { estimateInput, estimateTokens, mostInput } from "./tokens.ts";
import { countUsage } from "./usage.ts";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export interface RemoteModelSettings extends ModelOptions {
  readonly id: string;
  readonly model: LanguageModelV4;
  readonly endpoint: Endpoint;
  readonly contextTokens: number;
  readonly price: Price | null;
  readonly redact: (text: string) => string;
  /** Whether it speaks OpenAI's protocol, which knows log-probabilities. */
  readonly logProbabilities: boolean;
}

/** A model behind HTTP: retried, limited, counted and priced. */
export class RemoteModel implements Model {
  readonly id: string;
  readonly contextTokens: number;
  readonly #settings: RemoteModelSettings;
  readonly #attempts: number;
  readonly #paidAttempts: number;
  readonly #rng: Rng;
  #calls = 0;
  #logProbabilities: boolean;

  constructor(settings: RemoteModelSettings) {
    this.id = settings.id;
    this.contextTokens = settings.contextTokens;
    this.#settings = settings;
    this.#attempts = settings.attempts ?? 6;
    this.#paidAttempts = Math.min(settings.paidAttempts ?? 2, this.#attempts);
    this.#logProbabilities = settings.logProbabilities;
    this.#rng = Rng.of(settings.seed ?? 1, "model", settings.id);
  }

  get concurrency(): number {
    return this.#settings.endpoint.gate.limits.concurrency;
  }

  countTokens(text: string): number {
    return estimateTokens(text);
  }

  bound(request: ModelRequest): ModelBound {
    const input = mostInput(request) * this.#paidAttempts;
    const output = request.maxOutputTokens * this.#paidAttempts;
    return { tokens: input + output, dollars: mostDollars(input, output, this.#settings.price) };
  }

  async generate(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const rng = this.#rng.child(this.#calls++);
    const bill = new Bill(request, this.#settings.price);
    const faults: string[] = [];
    for (let tries = 1; ; tries++) {
      const outcome = await this.#once(request, signal);
      if (!("kind" in outcome)) {
        bill.add(outcome);
        return this.#answer(outcome, bill, tries, faults);
      }
      const { redact } = this.#settings;
      faults.push(redact(`${outcome.kind}: ${outcome.message}`));
      if (outcome.paid) bill.addFailed(outcome.partial ?? "");
      const wait = Math.max(outcome.retryAfter ?? 0, fullJitter(rng, tries));
      const last = !outcome.retry || tries >= this.#attempts || bill.paid >= this.#paidAttempts;
      if (!last && wait <= this.#longestWait) {
        await sleep(wait, signal);
        continue;
      }
      // Such an answer is better than none: what is written before the cut may be a whole edit, and what looks sent twice may be meant so.
      const text = outcome.partial ?? "";
      if (text.trim() !== "" && (outcome.kind === "cut" || outcome.kind === "repeated")) {
        const finish = outcome.kind === "cut" ? "cut" : "stop";
        return this.#answer({ text, toolCalls: [], finish, usage: null }, bill, tries, faults);
      }
      throw this.#error(outcome.kind, bill, tries, faults);
    }
  }

  async close(): Promise<void> {
    await this.#settings.endpoint.close();
  }

  /** Nobody waits longer for a provider than for an answer. */
  get #longestWait(): number {
    return (this.#settings.totalSeconds ?? 600) * 1000;
  }

  async #once(request: ModelRequest, signal: AbortSignal): Promise<Attempt | Fault> {
    const { endpoint, model, silenceSeconds = 120, totalSeconds = 600 } = this.#settings;
    const { gate, breaker } = endpoint;
    const tokens = estimateInput(request, estimateTokens) + request.maxOutputTokens;
    const leave = await gate.enter(tokens, signal);
    const logProbabilities = this.#logProbabilities;
    try {
      const kept = breaker.wait(Date.now());
      if (kept > 0)
        return {
          kind: "unavailable",
          message: "left alone after many failures in a row",
          retry: true,
          paid: false,
          retryAfter: kept,
        };
      const answer = await attempt(model, request, { silenceSeconds, totalSeconds, logProbabilities }, signal);
      breaker.succeeded();
      return answer;
    } catch (error) {
      if (!(error instanceof FaultError)) {
        breaker.dropped();
        throw signal.aborted ? abortError(signal) : error;
      }
      const { fault } = error;
      if (fault.kind === "server" || fault.kind === "connection" || fault.kind === "timeout")
        breaker.failed(Date.now());
      else breaker.succeeded();
      if (fault.kind === "rate-limit" && fault.retryAfter !== undefined && fault.retryAfter <= this.#longestWait)
        gate.pauseUntil(Date.now() + fault.retryAfter);
      // Few servers refuse what they do not know; such a one is not asked for it again.
      if (logProbabilities && fault.kind === "bad-request" && /log_?prob/i.test(fault.message)) {
        this.#logProbabilities = false;
        return { ...fault, retry: true };
      }
      return fault;
    } finally {
      leave();
    }
  }

  #answer(from: Attempt, bill: Bill, attempts: number, faults: readonly string[]): ModelAnswer {
    const { redact } = this.#settings;
    const usage = bill.usage();
    return {
      model: this.id,
      text: redact(from.text),
      toolCalls: from.toolCalls.map(
        (call) => JSON.parse(redact(JSON.stringify(call))) as (typeof from.toolCalls)[number],
      ),
      finish: from.finish,
      usage,
      ...(from.meanLogProbability === undefined ? {} : { meanLogProbability: from.meanLogProbability }),
      dollars: bill.dollars(),
      attempts,
      faults,
    };
  }

  #error(kind: ModelFaultKind, bill: Bill, attempts: number, faults: readonly string[]): ModelError {
    return new ModelError({ model: this.id, kind, attempts, faults, usage: bill.usage(), dollars: bill.dollars() });
  }
}

/** What a call has cost so far, failed attempts included. */
class Bill {
  readonly #request: ModelRequest;
  readonly #price: Price | null;
  #usage: ModelUsage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reported: true };
  #dollars: number | null = 0;
  /** Attempts the provider may charge for. */
  paid = 0;

  constructor(request: ModelRequest, price: Price | null) {
    this.#request = request;
    this.#price = price;
  }

  add(answer: Attempt): void {
    const written = answer.toolCalls.length === 0 ? answer.text : answer.text + JSON.stringify(answer.toolCalls);
    this.#count(written, answer.usage);
  }

  addFailed(partial: string): void {
    this.#count(partial, null);
  }

  usage(): ModelUsage {
    return this.#usage;
  }

  dollars(): number | null {
    return this.#dollars;
  }

  #count(written: string, reported: Attempt["usage"]): void {
    this.paid += 1;
    const { usage, cacheWriteTokens } = countUsage(this.#request, written, reported);
    const dollars = dollarsOf(usage, this.#price, cacheWriteTokens);
    this.#dollars = dollars === null || this.#dollars === null ? null : this.#dollars + dollars;
    this.#usage = {
      inputTokens: this.#usage.inputTokens + usage.inputTokens,
      outputTokens: this.#usage.outputTokens + usage.outputTokens,
      cachedInputTokens: this.#usage.cachedInputTokens + usage.cachedInputTokens,
      reported: this.#usage.reported && usage.reported,
    };
  }
}

/** Full jitter (Brooker 2015, "Exponential Backoff And Jitter"): anything from nothing to a limit that doubles. Milliseconds. */
function fullJitter(rng: Rng, tries: number): number {
  return rng.uniform() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
}
