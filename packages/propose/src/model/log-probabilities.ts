/** Natural logarithms of the probabilities of an answer's tokens, as they come. */
export class LogProbabilities {
  #sum = 0;
  #count = 0;

  add(logProbability: number): void {
    // Minus infinity and -9999 stand for "none" with some servers.
    if (!(logProbability <= 0 && logProbability > -1000)) return;
    this.#sum += logProbability;
    this.#count += 1;
  }

  /** Takes what a chunk of OpenAI's protocol tells of its tokens, if it does. */
  addChunk(chunk: unknown): void {
    const { choices } = (chunk ?? {}) as { choices?: readonly { logprobs?: { content?: unknown } | null }[] };
    const content = Array.isArray(choices) ? choices[0]?.logprobs?.content : undefined;
    if (!Array.isArray(content)) return;
    for (const token of content) this.add(Number((token as { logprob?: unknown } | null)?.logprob ?? Number.NaN));
  }

  /** For an answer: the mean, in as many digits as mean something, or nothing. */
  get field(): { readonly meanLogProbability?: number } {
    return this.#count === 0 ? {} : { meanLogProbability: Number((this.#sum / this.#count).toFixed(6)) };
  }
}
