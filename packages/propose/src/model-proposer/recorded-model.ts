import { DivergenceError } from "@pawl/core";
import type { Model } from "../model/model.ts";

/** What of a model decides how it is asked; recorded, so that a replay needs no model. */
export interface ModelProfile {
  readonly id: string;
  readonly contextTokens: number;
  readonly concurrency: number;
  /** False when what it costs is not known. */
  readonly priced: boolean;
}

export function profileOf(model: Model): ModelProfile {
  const probe = { messages: [{ role: "user", content: "?" }] as const, maxOutputTokens: 1, temperature: 0 };
  const { id, contextTokens, concurrency } = model;
  return { id, contextTokens, concurrency, priced: model.bound(probe).dollars !== null };
}

/** Stands where a model stands when a run is replayed: what it would be asked is on record. */
export function recordedModel({ id, contextTokens, concurrency }: ModelProfile): Model {
  return {
    id,
    contextTokens,
    concurrency,
    countTokens: () => 0,
    bound: () => ({ tokens: 0, dollars: 0 }),
    generate: async () => {
      throw new DivergenceError({
        what: `the replay came to a question to ${id} whose answer is not on record`,
        todo: "The run was not finished: `pawl resume` it first.",
      });
    },
    close: async () => {},
  };
}
