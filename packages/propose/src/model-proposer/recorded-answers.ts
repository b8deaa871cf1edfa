import type { Answer, Json, ProposeContext } from "@pawl/core";
import { ModelError, type ModelFaultKind } from "../model/model-error.ts";
import type { Model, ModelAnswer, ModelRequest } from "../model/model.ts";
import { estimateTokens } from "../model/tokens.ts";
import type { ModelProfile } from "./recorded-model.ts";
import { boundOf } from "./request-bound.ts";

/** For the person to repair: asking again cannot help. */
const HOPELESS: ReadonlySet<ModelFaultKind> = new Set(["authentication", "not-found"]);
/** Calls in a row without an answer, after which the run ends and says why, instead of asking on. */
const MOST_FAULTS = 6;

/** Asks a model through the record of the run, so that a replay needs none. */
export class RecordedAnswers {
  readonly #model: Model;
  readonly #profile: ModelProfile;
  #faultsInARow = 0;

  constructor(model: Model, profile: ModelProfile) {
    this.#model = model;
    this.#profile = profile;
  }

  /** The answer of that name to this request; throws an AnswerFault when there is none. */
  async answer(name: string, request: ModelRequest, context: ProposeContext): Promise<ModelAnswer> {
    const model = this.#model;
    const get = async (signal: AbortSignal): Promise<Answer<Json>> => {
      try {
        const answer = await model.generate(request, signal);
        this.#faultsInARow = 0;
        const { inputTokens, outputTokens } = answer.usage;
        return { value: answer as unknown as Json, tokens: inputTokens + outputTokens, dollars: answer.dollars };
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        this.#faultsInARow += 1;
        if (HOPELESS.has(error.kind) || this.#faultsInARow >= MOST_FAULTS) throw error;
        const { inputTokens, outputTokens } = error.usage;
        const spent = { tokens: inputTokens + outputTokens, dollars: error.dollars };
        throw Object.assign(new Error(error.what), { spent });
      }
    };
    return (await context.ask(name, boundOf(model, request), get)) as unknown as ModelAnswer;
  }

  /** The model as somebody sees it who asks one thing before the request's own question: through the record, like all answers. */
  modelFor(name: string, context: ProposeContext): Model {
    const [model, profile] = [this.#model, this.#profile];
    return {
      id: profile.id,
      contextTokens: profile.contextTokens,
      concurrency: profile.concurrency,
      countTokens: estimateTokens,
      bound: (request) => model.bound(request),
      generate: (request) => this.answer(name, request, context),
      close: async () => {},
    };
  }
}
