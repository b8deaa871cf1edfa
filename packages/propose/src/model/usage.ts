import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ModelRequest, ModelUsage } from "./model.ts";
import { estimateInput, estimateTokens, mostInput } from "./tokens.ts";

/**
 * Tokens of one attempt: as reported when the numbers are possible for this request and this text, else estimated.
 * @param written text and tool calls of the answer
 */
export function countUsage(
  request: ModelRequest,
  written: string,
  reported: LanguageModelV4Usage | null,
): { usage: ModelUsage; cacheWriteTokens: number } {
  const input = reported?.inputTokens.total;
  const output = reported?.outputTokens.total;
  const cached = reported?.inputTokens.cacheRead ?? 0;
  const cacheWriteTokens = reported?.inputTokens.cacheWrite ?? 0;
  if (
    isCount(input) &&
    isCount(output) &&
    isCount(cached) &&
    isCount(cacheWriteTokens) &&
    input > 0 &&
    input <= mostInput(request) &&
    output <= request.maxOutputTokens &&
    (output > 0 || written === "") &&
    cached + cacheWriteTokens <= input
  )
    return {
      usage: { inputTokens: input, outputTokens: output, cachedInputTokens: cached, reported: true },
      cacheWriteTokens,
    };
  return {
    usage: {
      inputTokens: Math.min(estimateInput(request, estimateTokens), mostInput(request)),
      outputTokens: Math.min(estimateTokens(written), request.maxOutputTokens),
      cachedInputTokens: 0,
      reported: false,
    },
    cacheWriteTokens: 0,
  };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}
