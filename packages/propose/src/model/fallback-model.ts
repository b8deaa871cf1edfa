import { ModelError } from "./model-error.ts";
import type { Model, ModelAnswer, ModelBound, ModelRequest } from "./model.ts";

/** Asks the first model, and the next one when it gives no answer. */
export class FallbackModel implements Model {
  readonly id: string;
  /** A prompt has to fit all of them. */
  readonly contextTokens: number;
  readonly concurrency: number;
  readonly #models: readonly Model[];

  constructor(models: readonly [Model, ...Model[]]) {
    this.id = models[0].id;
    this.concurrency = models[0].concurrency;
    this.contextTokens = Math.min(...models.map((model) => model.contextTokens));
    this.#models = models;
  }

  countTokens(text: string): number {
    return Math.max(...this.#models.map((model) => model.countTokens(text)));
  }

  /** All of them may be paid for. */
  bound(request: ModelRequest): ModelBound {
    const bounds = this.#models.map((model) => model.bound(request));
    return {
      tokens: sum(bounds.map(({ tokens }) => tokens)),
      dollars: sumOrNull(bounds.map(({ dollars }) => dollars)),
    };
  }

  async generate(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const failed: ModelError[] = [];
    for (const model of this.#models) {
      try {
        return withFailures(await model.generate(request, signal), failed);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        failed.push(error);
      }
    }
    const last = failed.at(-1) as ModelError;
    throw new ModelError({ model: this.id, kind: last.kind, ...total(failed) });
  }

  async close(): Promise<void> {
    await Promise.all(this.#models.map((model) => model.close()));
  }
}

type Costs = Pick<ModelAnswer, "attempts" | "faults" | "usage" | "dollars">;

function withFailures(answer: ModelAnswer, failed: readonly ModelError[]): ModelAnswer {
  return failed.length === 0 ? answer : { ...answer, ...total([...failed, answer]) };
}

function total(parts: readonly (Costs & { readonly model: string })[]): Costs {
  return {
    attempts: sum(parts.map(({ attempts }) => attempts)),
    faults: parts.flatMap(({ model, faults }) => faults.map((fault) => `${model}: ${fault}`)),
    usage: {
      inputTokens: sum(parts.map(({ usage }) => usage.inputTokens)),
      outputTokens: sum(parts.map(({ usage }) => usage.outputTokens)),
      cachedInputTokens: sum(parts.map(({ usage }) => usage.cachedInputTokens)),
      reported: parts.every(({ usage }) => usage.reported),
    },
    dollars: sumOrNull(parts.map(({ dollars }) => dollars)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function sumOrNull(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((total, number) => (total === null || number === null ? null : total + number), 0);
}
