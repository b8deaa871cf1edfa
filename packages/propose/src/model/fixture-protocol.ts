/** What a test server says, apart from the protocol it says it in. */
export interface Spoken {
  readonly pieces: readonly string[];
  readonly finish: "stop" | "refusal";
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Logarithm of the probability of each piece, where they are told. */
  readonly logProbabilities?: readonly number[];
}

/** Server-sent events of OpenAI's chat completions. */
export function openaiEvents(spoken: Spoken): readonly string[] {
  const chunk = (choices: unknown[], usage?: unknown): string =>
    `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "test", choices, ...(usage === undefined ? {} : { usage }) })}\n\n`;
  const delta = (content: object, finish: string | null = null, more: object = {}): string =>
    chunk([{ index: 0, delta: content, finish_reason: finish, ...more }]);
  const logprobs = (token: string, i: number): object => {
    const logprob = spoken.logProbabilities?.[i];
    return logprob === undefined ? {} : { logprobs: { content: [{ token, logprob, bytes: null, top_logprobs: [] }] } };
  };
  return [
    delta({ role: "assistant", content: "" }),
    ...spoken.pieces.map((content, i) =>
      delta(spoken.finish === "refusal" ? { refusal: content } : { content }, null, logprobs(content, i)),
    ),
    delta({}, spoken.finish === "refusal" ? "content_filter" : "stop"),
    chunk([], {
      prompt_tokens: spoken.inputTokens,
      completion_tokens: spoken.outputTokens,
      total_tokens: spoken.inputTokens + spoken.outputTokens,
    }),
    "data: [DONE]\n\n",
  ];
}

/** Server-sent events of Anthropic's messages. */
export function anthropicEvents(spoken: Spoken): readonly string[] {
  const event = (type: string, data: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  return [
    event("message_start", {
      message: {
        id: "m1",
        type: "message",
        role: "assistant",
        model: "test",
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: spoken.inputTokens,
          output_tokens: 1,
          cache_read_input_tokens: 0,
          cache_creation_input_tokens: 0,
        },
      },
    }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    ...spoken.pieces.map((text) => event("content_block_delta", { index: 0, delta: { type: "text_delta", text } })),
    event("content_block_stop", { index: 0 }),
    event("message_delta", {
      delta: { stop_reason: spoken.finish === "refusal" ? "refusal" : "end_turn", stop_sequence: null },
      usage: { output_tokens: spoken.outputTokens },
    }),
    event("message_stop", {}),
  ];
}
