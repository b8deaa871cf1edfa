import type { Price } from "./prices.ts";

/** How a model is used; plain data, as it stands in a configuration. What is left out has a default. */
export interface ModelOptions {
  /** Name of the environment variable with the key; default: the provider's own, PAWL_MODEL_KEY for addresses. */
  readonly keyVariable?: string;
  /** Where a hosted provider is reached, when not at its own address: a gateway of the company. */
  readonly baseUrl?: string;
  /** Tokens of prompt and answer together; default: what the server or the table of models says, else 8192. */
  readonly contextTokens?: number;
  /** Calls in flight at once; default 16, and 2 for a GGUF file. */
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Longest silence before the first token and between two; default 120. */
  readonly silenceSeconds?: number;
  /** For one attempt as a whole; default 600. */
  readonly totalSeconds?: number;
  /** Attempts of one call; default 6. */
  readonly attempts?: number;
  /** Attempts of one call that the provider may charge for; default 2. The bound of a call is this many times its request. */
  readonly paidAttempts?: number;
  /** Ids of the models to ask when this one gives no answer, in this order. */
  readonly fallback?: readonly string[];
  /** The user's own prices by model id. */
  readonly prices?: Readonly<Record<string, Price>>;
  /** Threads of a GGUF model; default half of the processors: verdicts need the others. */
  readonly threads?: number;
  /** Seed of the random part of the waits between attempts. */
  readonly seed?: number;
}

/** What `openModel` takes besides: not part of a configuration. */
export interface OpenModelOptions extends ModelOptions {
  /** Where keys come from; default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export const DEFAULT_CONTEXT_TOKENS = 8192;
