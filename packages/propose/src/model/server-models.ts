import { UsageError } from "@pawl/core";

export interface ServedModel {
  readonly name: string;
  readonly contextTokens: number | null;
}

/** The models an OpenAI-compatible server lists, in its order; null when it does not answer, or with something else. */
export async function listModels(
  baseUrl: string,
  fetch: typeof globalThis.fetch,
  key: string | undefined,
  timeoutMilliseconds: number,
): Promise<readonly ServedModel[] | null> {
  try {
    const response = await fetch(`${baseUrl}/models`, {
      headers: {
        accept: "application/json",
        ...(key === undefined || key === "" ? {} : { authorization: `Bearer ${key}` }),
      },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const { data } = (await response.json()) as { data?: unknown };
    if (!response.ok || !Array.isArray(data)) return null;
    return data.flatMap((entry: unknown) => {
      const { id, ...rest } = (entry ?? {}) as Record<string, unknown>;
      return typeof id === "string" ? [{ name: id, contextTokens: contextOf(rest) }] : [];
    });
  } catch {
    return null;
  }
}

/**
 * Which model of the server is meant, and its context. A name that the server does not list is taken as it is: some servers list nothing, or
 * other names. Without a name the server has to have exactly one model.
 */
export async function describeServer(
  address: { readonly baseUrl: string; readonly name: string | null },
  fetch: typeof globalThis.fetch,
  key: string | undefined,
): Promise<ServedModel> {
  const served = await listModels(address.baseUrl, fetch, key, 3_000);
  if (address.name !== null)
    return served?.find(({ name }) => name === address.name) ?? { name: address.name, contextTokens: null };
  if (served?.length === 1) return served[0] as ServedModel;
  const names = served?.map(({ name }) => name) ?? [];
  throw new UsageError({
    what: `the address does not say which model${names.length === 0 ? "" : `; there are ${names.slice(0, 10).join(", ")}`}`,
    where: address.baseUrl,
    todo: `Put its name after a #: ${address.baseUrl}#${names[0] ?? "<name>"}`,
  });
}

/** vLLM says max_model_len, LM Studio loaded_context_length, OpenRouter context_length, newer llama.cpp meta.n_ctx. */
function contextOf(entry: Readonly<Record<string, unknown>>): number | null {
  const meta = (entry["meta"] ?? {}) as Readonly<Record<string, unknown>>;
  const found = [entry["max_model_len"], entry["loaded_context_length"], entry["context_length"], meta["n_ctx"]].find(
    (value) => typeof value === "number" && Number.isSafeInteger(value) && value > 0,
  );
  return (found as number | undefined) ?? null;
}
