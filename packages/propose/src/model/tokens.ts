import type { ModelRequest } from "./model.ts";

/**
 * An estimate of the tokens of a text for models whose tokenizer is not at hand; rather too high. Letters count four to a token, digits and
 * signs one each, white space one for a run longer than one character, and everything beyond ASCII one for two bytes.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let letters = 0;
  let spaces = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? -1 : text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
      letters += 1;
      if (spaces > 1) tokens += 1;
      spaces = 0;
      continue;
    }
    if (letters > 0) tokens += Math.ceil(letters / 4);
    letters = 0;
    if (code === 32 || (code >= 9 && code <= 13)) {
      spaces += code === 32 ? 1 : 2;
      continue;
    }
    if (spaces > 1) tokens += 1;
    spaces = 0;
    if (code === -1) break;
    tokens += code < 128 ? 1 : code < 0x800 ? 1 : 1.5;
  }
  return Math.ceil(tokens);
}

const MESSAGE_OVERHEAD = 8;

/** Estimated tokens of a request's input. */
export function estimateInput(request: ModelRequest, count: (text: string) => number): number {
  let tokens = MESSAGE_OVERHEAD;
  for (const message of request.messages) tokens += count(message.content) + MESSAGE_OVERHEAD;
  if (request.tools !== undefined && request.tools.length > 0) tokens += 350 + count(JSON.stringify(request.tools));
  return tokens;
}

/**
 * More input tokens than a request can have: a token stands for one byte at least, and providers add a few of their own for each message and
 * some hundred for tools.
 */
export function mostInput(request: ModelRequest): number {
  let tokens = 64;
  for (const message of request.messages) tokens += Buffer.byteLength(message.content) + 32;
  if (request.tools !== undefined && request.tools.length > 0)
    tokens += 1024 + 2 * Buffer.byteLength(JSON.stringify(request.tools));
  return tokens;
}
