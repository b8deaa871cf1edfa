import type { AskBound } from "@pawl/core";
import type { Model, ModelRequest } from "../model/model.ts";
import { estimateInput, estimateTokens } from "../model/tokens.ts";

/** What is set aside for a request at least, as a multiple of its bound: bounds of remote models are several times what a call is likely to take. */
const WITH_CORRECTION = 1.5;
/** Tokens of what is said to an answer that does not apply: the form once more, and the reasons. */
const REPLY_TOKENS = 400;

export function boundOf(model: Model, request: ModelRequest): AskBound {
  const { tokens, dollars } = model.bound(request);
  return dollars === null ? { tokens } : { tokens, dollars };
}

/** The answer, as it is likely to be at most, and one correction of it with all that was said before. */
export function boundWithCorrection(model: Model, question: ModelRequest): AskBound {
  const { maxOutputTokens } = question;
  const first = boundOf(model, question);
  const likely = estimateInput(question, estimateTokens) + maxOutputTokens;
  const share = Math.min(1, likely / Math.max(1, first.tokens ?? 0));
  const correction = boundOf(model, { ...question, maxOutputTokens: 2 * maxOutputTokens + REPLY_TOKENS });
  return larger(scaled(first, WITH_CORRECTION), added(scaled(first, share), correction));
}

function larger(a: AskBound, b: AskBound): AskBound {
  return {
    ...(a.tokens === undefined ? {} : { tokens: Math.max(a.tokens, b.tokens ?? 0) }),
    ...(a.dollars === undefined ? {} : { dollars: Math.max(a.dollars, b.dollars ?? 0) }),
  };
}

export function scaled({ tokens, dollars }: AskBound, factor: number): AskBound {
  return {
    ...(tokens === undefined ? {} : { tokens: Math.ceil(tokens * factor) }),
    ...(dollars === undefined ? {} : { dollars: dollars * factor }),
  };
}

export function added(a: AskBound, b: AskBound): AskBound {
  return {
    ...(a.tokens === undefined && b.tokens === undefined ? {} : { tokens: (a.tokens ?? 0) + (b.tokens ?? 0) }),
    ...(a.dollars === undefined && b.dollars === undefined ? {} : { dollars: (a.dollars ?? 0) + (b.dollars ?? 0) }),
  };
}
