/** Who says what. The first message may be a system message; after it, user and assistant take turns. */
export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** Something a model may call instead of writing text. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema (an object) of its arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelToolCall {
  readonly name: string;
  /** As the model wrote them, not checked against the schema. */
  readonly arguments: unknown;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  readonly maxOutputTokens: number;
  /** 0 takes the likeliest token. */
  readonly temperature: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly tools?: readonly ModelTool[];
  /** Called with the text so far while it streams; true ends the call early, and what came so far is the answer. */
  readonly enough?: (text: string) => boolean;
  /** Messages 0 … `cacheUpTo` are the same in many calls: a provider with a prompt cache is told so. */
  readonly cacheUpTo?: number;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  /** False when the provider reported none, or an impossible one, so that these are estimates. */
  readonly reported: boolean;
}

/** What came back; plain data, so that it can be recorded and replayed. */
export interface ModelAnswer {
  /** The model that answered: a fallback's own name when it was one. */
  readonly model: string;
  readonly text: string;
  readonly toolCalls: readonly ModelToolCall[];
  readonly finish: "stop" | "length" | "enough" | "tool-calls" | "refusal" | "cut" | "other";
  readonly usage: ModelUsage;
  /** Mean over the answer's tokens of the natural logarithm of their probability, before temperature; left out where the provider gives none. */
  readonly meanLogProbability?: number;
  /** US dollars; null when the price is not known. */
  readonly dollars: number | null;
  /** Calls it took, failed ones included. */
  readonly attempts: number;
  /** One line for each attempt that failed, without secrets. */
  readonly faults: readonly string[];
}

/** An upper bound of what one call may cost, for reserving it before it is made. */
export interface ModelBound {
  readonly tokens: number;
  /** Null when the price is not known. */
  readonly dollars: number | null;
}

/** A language model behind whatever provider it has. */
export interface Model {
  /** As the user named it: `anthropic/<id>`, `http://localhost:8080/v1#name`, `./file.gguf`. */
  readonly id: string;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Calls that may be in flight at once. */
  readonly concurrency: number;
  /** Tokens of a text, or an estimate that is rather too high. */
  countTokens(text: string): number;
  bound(request: ModelRequest): ModelBound;
  /** Throws a ModelError when every attempt failed, an AbortError when `signal` was aborted. */
  generate(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
  close(): Promise<void>;
}
