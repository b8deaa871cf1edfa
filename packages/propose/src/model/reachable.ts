import { findNodeLlama, nodeLlamaInstallation } from "./node-llama.ts";
import { KEY_VARIABLES } from "./open-model.ts";
import { listModels } from "./server-models.ts";

export interface ReachableModels {
  readonly name: string;
  readonly works: boolean;
  readonly detail: string;
}

/** Servers of models that people run on their own machine, where they listen unless told otherwise. */
const LOCAL_SERVERS = [
  { name: "Ollama", baseUrl: "http://127.0.0.1:11434/v1" },
  { name: "LM Studio", baseUrl: "http://127.0.0.1:1234/v1" },
  { name: "llama.cpp", baseUrl: "http://127.0.0.1:8080/v1" },
  { name: "vLLM", baseUrl: "http://127.0.0.1:8000/v1" },
] as const;
const PATIENCE = 1_000;

/**
 * What models this machine can reach: keys by the names of their variables, servers by asking what they list, GGUF files by whether
 * node-llama-cpp is there. No model is asked anything, and no key leaves the machine.
 */
export async function reachableModels(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  servers: readonly { readonly name: string; readonly baseUrl: string }[] = LOCAL_SERVERS,
): Promise<readonly ReachableModels[]> {
  const keys = (["anthropic", "openai", "google"] as const).map((provider) => {
    const variable = KEY_VARIABLES[provider];
    const works = (environment[variable] ?? "") !== "";
    return {
      name: provider,
      works,
      detail: works ? `${variable} is set: model:${provider}/<name>` : `${variable} is not set`,
    };
  });
  const listed = await Promise.all(servers.map(serverAt));
  const llama = findNodeLlama();
  return [
    ...keys,
    ...listed,
    {
      name: "gguf files",
      works: llama !== null,
      detail:
        llama === null
          ? `node-llama-cpp is not installed: ${nodeLlamaInstallation()}`
          : "node-llama-cpp is installed: model:./file.gguf",
    },
  ];
}

async function serverAt({
  name,
  baseUrl,
}: {
  readonly name: string;
  readonly baseUrl: string;
}): Promise<ReachableModels> {
  const { Endpoint } = await import("./endpoint.ts");
  const endpoint = Endpoint.of(new URL(baseUrl).origin, { concurrency: 1 });
  try {
    const models = await listModels(baseUrl, endpoint.fetch, undefined, PATIENCE);
    if (models === null) return { name, works: false, detail: `nothing answers at ${baseUrl}` };
    const names = models.slice(0, 5).map((model) => model.name);
    const more = models.length > names.length ? ` and ${models.length - names.length} more` : "";
    return { name, works: true, detail: `model:${baseUrl}#<name>; it has ${names.join(", ") || "no models"}${more}` };
  } finally {
    await endpoint.close();
  }
}
