import { homedir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { MachineError } from "@pawl/core";

/** The version that Pawl is tested with. */
export const NODE_LLAMA_VERSION = "3.22.1";

/** The parts of node-llama-cpp that are used here; it is no dependency, so its own types are not at hand. */
export interface NodeLlama {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChat: new (options: { contextSequence: LlamaSequence; chatWrapper?: LlamaChatWrapper }) => LlamaChat;
  resolveChatWrapper(model: LlamaModel): LlamaChatWrapper;
}

export interface Llama {
  loadModel(options: object): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokenizer: object;
  tokenize(text: string): readonly number[];
  createContext(options: object): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  evaluate(tokens: readonly number[], options?: object): AsyncGenerator<number, void, number | number[] | undefined>;
  evaluateWithMetadata(
    tokens: readonly number[],
    metadata: { readonly confidence: true },
    options?: object,
  ): AsyncGenerator<{ readonly token: number; readonly confidence: number }, void, number | number[] | undefined>;
  readonly tokenMeter: { getState(): { usedInputTokens: number; usedOutputTokens: number } };
}

export type LlamaHistory = ({ type: "system" | "user"; text: string } | { type: "model"; response: string[] })[];

export interface LlamaChatWrapper {
  generateContextState(options: { chatHistory: LlamaHistory }): {
    contextText: { tokenize(tokenizer: object): readonly number[] };
  };
}

export interface LlamaChat {
  generateResponse(
    history: LlamaHistory,
    options: object,
  ): Promise<{ response: string; metadata: { stopReason: string } }>;
  dispose(options: { disposeSequence: boolean }): void;
}

/** Where the installation command puts it. */
export function nodeLlamaFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "pawl", "node-llama-cpp");
}

/** The command for a shell that installs it, without the packages for graphics cards (700 MB). */
export function nodeLlamaInstallation(folder = nodeLlamaFolder().replace(homedir(), "~")): string {
  const system = { linux: "linux", darwin: "mac", win32: "win" }[process.platform as string] ?? process.platform;
  const machine = system === "mac" && process.arch === "arm64" ? "arm64-metal" : process.arch;
  return [
    `npm install --prefix ${folder} --omit=optional --ignore-scripts`,
    `node-llama-cpp@${NODE_LLAMA_VERSION} @node-llama-cpp/${system}-${machine}@${NODE_LLAMA_VERSION}`,
  ].join(" ");
}

/** The file that is imported: from the project, from beside Pawl, or from the cache folder; null when it is in none of them. */
export function findNodeLlama(): string | null {
  for (const from of [
    join(process.cwd(), "package.json"),
    import.meta.filename,
    join(nodeLlamaFolder(), "package.json"),
  ]) {
    try {
      return createRequire(from).resolve("node-llama-cpp");
    } catch {
      // Not there; the next place.
    }
  }
  return null;
}

export async function loadNodeLlama(id: string): Promise<NodeLlama> {
  const file = findNodeLlama();
  if (file === null)
    throw new MachineError({
      what: "a GGUF file needs node-llama-cpp, which is not installed",
      where: id,
      todo: `Install it once, for all projects: ${nodeLlamaInstallation()}`,
    });
  return (await import(pathToFileURL(file).href)) as NodeLlama;
}
