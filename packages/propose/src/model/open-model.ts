import { UsageError } from "@pawl/core";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { parseModelId, type ModelAddress } from "./model-id.ts";
import { DEFAULT_CONTEXT_TOKENS, type OpenModelOptions } from "./model-options.ts";
import type { Model } from "./model.ts";
import { knownModel } from "./prices.ts";
import { redactor } from "./redact.ts";

/** The variables that keys are read from. */
export const KEY_VARIABLES = {
  anthropic: "ANTHROPIC_API_KEY",
  openai: "OPENAI_API_KEY",
  google: "GOOGLE_GENERATIVE_AI_API_KEY",
  http: "PAWL_MODEL_KEY",
} as const;

const ORIGINS = {
  anthropic: "https://api.anthropic.com",
  openai: "https://api.openai.com",
  google: "https://generativelanguage.googleapis.com",
} as const;

/**
 * Opens a model by its id: `anthropic/<name>`, `openai/<name>`, `google/<name>`, `http://host:port/v1#<name>`, `./file.gguf`.
 * Throws a UsageError when the id or the key is missing or wrong in form; an unreachable server shows in the first call.
 */
export async function openModel(id: string, options: OpenModelOptions = {}): Promise<Model> {
  const { fallback = [], ...own } = options;
  const models: [Model, ...Model[]] = [await openOne(id, own)];
  if (fallback.length === 0) return models[0];
  try {
    for (const other of fallback) models.push(await openOne(other, withoutAddress(own)));
  } catch (error) {
    await Promise.all(models.map((model) => model.close()));
    throw error;
  }
  const { FallbackModel } = await import("./fallback-model.ts");
  return new FallbackModel(models);
}

/** What is said of one model does not hold for its fallback. */
function withoutAddress({
  keyVariable: _key,
  contextTokens: _context,
  baseUrl: _base,
  ...rest
}: OpenModelOptions): OpenModelOptions {
  return rest;
}

async function openOne(id: string, options: OpenModelOptions): Promise<Model> {
  const address = parseModelId(id);
  if (address.kind === "gguf") {
    const { openGguf } = await import("./gguf-model.ts");
    return openGguf(id, address.file, options);
  }
  const { environment = process.env, keyVariable = KEY_VARIABLES[address.kind] } = options;
  const key = environment[keyVariable];
  const needsKey = address.kind !== "http" || options.keyVariable !== undefined;
  if (needsKey && (key === undefined || key === ""))
    throw new UsageError({
      what: `${keyVariable} is not set`,
      where: id,
      todo: `Put the key into the environment: export ${keyVariable}=…`,
    });
  return openRemote(id, address, key, options);
}

async function openRemote(
  id: string,
  address: Exclude<ModelAddress, { kind: "gguf" }>,
  key: string | undefined,
  options: OpenModelOptions,
): Promise<Model> {
  const { Endpoint, isLoopback } = await import("./endpoint.ts");
  const { RemoteModel } = await import("./remote-model.ts");
  const origin = new URL(address.kind === "http" ? address.baseUrl : (options.baseUrl ?? ORIGINS[address.kind])).origin;
  const { concurrency = 16, requestsPerMinute, tokensPerMinute } = options;
  const endpoint = Endpoint.of(origin, { concurrency, requestsPerMinute, tokensPerMinute });
  try {
    const known = knownModel(id, options.prices);
    // One's own machine sends no bill.
    const price = known.price ?? (isLoopback(origin) ? { input: 0, output: 0 } : null);
    const redact = redactor([key]);
    let contextTokens = options.contextTokens ?? known.contextTokens;
    let model: LanguageModelV4;
    if (address.kind === "http") {
      const { describeServer } = await import("./server-models.ts");
      const described = await describeServer(address, endpoint.fetch, key);
      contextTokens ??= described.contextTokens;
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      const provider = createOpenAICompatible({
        name: "http",
        baseURL: address.baseUrl,
        includeUsage: true,
        fetch: endpoint.fetch,
        ...(key === undefined || key === "" ? {} : { apiKey: key }),
      });
      model = provider(described.name);
    } else
      model = await hosted(address.kind, address.name, {
        apiKey: key as string,
        fetch: endpoint.fetch,
        ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
      });
    return new RemoteModel({
      ...options,
      id,
      model,
      endpoint,
      price,
      redact,
      logProbabilities: address.kind === "http" || address.kind === "openai",
      contextTokens: contextTokens ?? DEFAULT_CONTEXT_TOKENS,
    });
  } catch (error) {
    await endpoint.close();
    throw error;
  }
}

async function hosted(
  kind: "anthropic" | "openai" | "google",
  name: string,
  settings: { apiKey: string; fetch: typeof globalThis.fetch; baseURL?: string },
): Promise<LanguageModelV4> {
  if (kind === "anthropic") return (await import("@ai-sdk/anthropic")).createAnthropic(settings)(name);
  if (kind === "google") return (await import("@ai-sdk/google")).createGoogleGenerativeAI(settings)(name);
  return (await import("@ai-sdk/openai")).createOpenAI(settings).chat(name);
}
