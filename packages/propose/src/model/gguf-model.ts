import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { UsageError } from "@pawl/core";
import { oneLine } from "./fault.ts";
import { Gate, abortError } from "./gate.ts";
import { LogProbabilities } from "./log-probabilities.ts";
import { ModelError, type ModelFaultKind } from "./model-error.ts";
import { DEFAULT_CONTEXT_TOKENS, type ModelOptions } from "./model-options.ts";
import type { Model, ModelAnswer, ModelBound, ModelRequest, ModelTool, ModelToolCall, ModelUsage } from "./model.ts";
import {
  loadNodeLlama,
  type Llama,
  type LlamaChatWrapper,
  type LlamaHistory,
  type LlamaModel,
  type LlamaSequence,
  type NodeLlama,
} from "./node-llama.ts";

/** Opens a GGUF file in this process. Throws a UsageError when it is none, a MachineError when node-llama-cpp is not there. */
export async function openGguf(id: string, file: string, options: ModelOptions): Promise<Model> {
  const modelPath = resolve(file);
  if (statSync(modelPath, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError({ what: "there is no such file", where: id, todo: "Give the path of a GGUF file." });
  const module = await loadNodeLlama(id);
  const llama = await module.getLlama({ build: "never", skipDownload: true, progressLogs: false, logger: () => {} });
  try {
    const model = await llama.loadModel({ modelPath });
    const concurrency = options.concurrency ?? 2;
    const contextTokens = Math.min(options.contextTokens ?? DEFAULT_CONTEXT_TOKENS, model.trainContextSize);
    const context = await model.createContext({
      sequences: concurrency,
      contextSize: contextTokens,
      threads: options.threads ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    });
    const sequences = Array.from({ length: concurrency }, () => context.getSequence());
    return new GgufModel({
      id,
      module,
      llama,
      model,
      sequences,
      contextTokens,
      totalSeconds: options.totalSeconds ?? 600,
    });
  } catch (error) {
    await llama.dispose();
    throw new UsageError({
      what: `the file cannot be used: ${oneLine(error instanceof Error ? error.message : String(error))}`,
      where: id,
      todo: "Check that it is a complete GGUF file, and that memory suffices for it and its context (contextTokens, concurrency).",
      cause: error,
    });
  }
}

interface GgufSettings {
  readonly id: string;
  readonly module: NodeLlama;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly sequences: LlamaSequence[];
  readonly contextTokens: number;
  readonly totalSeconds: number;
}

class GgufModel implements Model {
  readonly id: string;
  readonly contextTokens: number;
  readonly concurrency: number;
  readonly #settings: GgufSettings;
  readonly #wrapper: LlamaChatWrapper;
  readonly #gate: Gate;
  readonly #free: LlamaSequence[];

  constructor(settings: GgufSettings) {
    this.id = settings.id;
    this.contextTokens = settings.contextTokens;
    this.concurrency = settings.sequences.length;
    this.#settings = settings;
    this.#wrapper = settings.module.resolveChatWrapper(settings.model);
    this.#gate = new Gate({ concurrency: this.concurrency });
    this.#free = [...settings.sequences];
  }

  countTokens(text: string): number {
    return this.#settings.model.tokenize(text).length;
  }

  bound(request: ModelRequest): ModelBound {
    return { tokens: this.#promptTokens(historyOf(request)) + request.maxOutputTokens, dollars: 0 };
  }

  async generate(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const history = historyOf(request);
    const inputTokens = this.#promptTokens(history);
    const room = this.contextTokens - inputTokens - 1;
    if (room < 1)
      throw this.#error("bad-request", `the prompt has ${inputTokens} tokens, the context ${this.contextTokens}`, 0);
    const leave = await this.#gate.enter(0, signal);
    const sequence = this.#free.pop() as LlamaSequence;
    try {
      return await this.#say(
        request,
        history,
        { inputTokens, maxTokens: Math.min(room, request.maxOutputTokens), sequence },
        signal,
      );
    } finally {
      this.#free.push(sequence);
      leave();
    }
  }

  async close(): Promise<void> {
    await this.#settings.model.dispose();
    await this.#settings.llama.dispose();
  }

  async #say(
    request: ModelRequest,
    history: LlamaHistory,
    { inputTokens, maxTokens, sequence }: { inputTokens: number; maxTokens: number; sequence: LlamaSequence },
    signal: AbortSignal,
  ): Promise<ModelAnswer> {
    const { module, llama, totalSeconds } = this.#settings;
    const stop = new AbortController();
    const onAbort = (): void => stop.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop.abort();
    }, totalSeconds * 1000);
    const before = sequence.tokenMeter.getState();
    const usage = (): ModelUsage => {
      const now = sequence.tokenMeter.getState();
      const evaluated = now.usedInputTokens - before.usedInputTokens;
      const outputTokens = Math.min(now.usedOutputTokens - before.usedOutputTokens, maxTokens);
      return { inputTokens, outputTokens, cachedInputTokens: Math.max(0, inputTokens - evaluated), reported: true };
    };
    const logProbabilities = new LogProbabilities();
    const unhear = hearProbabilities(sequence, logProbabilities);
    const chat = new module.LlamaChat({ contextSequence: sequence, chatWrapper: this.#wrapper });
    let text = "";
    let enough = false;
    try {
      const tools = request.tools ?? [];
      const { response, metadata } = await chat.generateResponse(history, {
        maxTokens,
        temperature: request.temperature,
        seed: request.seed,
        // A penalty for repeating would punish code for its own names.
        repeatPenalty: false,
        customStopTriggers: request.stop,
        signal: stop.signal,
        stopOnAbortSignal: true,
        grammar: tools.length === 0 ? undefined : await llama.createGrammarForJsonSchema(callSchema(tools)),
        onTextChunk: (piece: string) => {
          text += piece;
          if (enough || request.enough?.(text) !== true) return;
          enough = true;
          stop.abort();
        },
      });
      if (signal.aborted) throw abortError(signal);
      if (late) throw this.#error("timeout", `no end within ${totalSeconds} s`, 1, usage());
      const said = enough ? text : response;
      const toolCalls = tools.length === 0 ? [] : callsIn(said);
      if (said.trim() === "") throw this.#error("empty", "the answer is empty", 1, usage());
      return {
        model: this.id,
        text: toolCalls.length === 0 ? said : "",
        toolCalls,
        finish: enough
          ? "enough"
          : toolCalls.length > 0
            ? "tool-calls"
            : metadata.stopReason === "maxTokens"
              ? "length"
              : "stop",
        usage: usage(),
        ...logProbabilities.field,
        dollars: 0,
        attempts: 1,
        faults: [],
      };
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (error instanceof ModelError) throw error;
      throw this.#error("server", oneLine(error instanceof Error ? error.message : String(error)), 1, usage());
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      chat.dispose({ disposeSequence: false });
      unhear();
    }
  }

  #promptTokens(history: LlamaHistory): number {
    return this.#wrapper
      .generateContextState({ chatHistory: history })
      .contextText.tokenize(this.#settings.model.tokenizer).length;
  }

  #error(kind: ModelFaultKind, message: string, attempts: number, usage?: ModelUsage): ModelError {
    return new ModelError({
      model: this.id,
      kind,
      attempts,
      faults: [`${kind}: ${message}`],
      usage: usage ?? { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reported: true },
      dollars: 0,
    });
  }
}

/** A chat asks its sequence for tokens only: here it asks for their probabilities, too. Returns what undoes it. */
function hearProbabilities(sequence: LlamaSequence, logProbabilities: LogProbabilities): () => void {
  const evaluate: LlamaSequence["evaluate"] = async function* (tokens, options) {
    const steps = sequence.evaluateWithMetadata(tokens, { confidence: true }, options);
    try {
      let replacement: number | number[] | undefined;
      for (;;) {
        const { value, done } = await steps.next(replacement);
        if (done === true) return;
        logProbabilities.add(Math.log(value.confidence));
        replacement = yield value.token;
      }
    } finally {
      await steps.return();
    }
  };
  Object.defineProperty(sequence, "evaluate", { value: evaluate, configurable: true });
  return () => void Reflect.deleteProperty(sequence, "evaluate");
}

/** The turns, with an empty one of the model at the end; tools are described in the last message, since few templates of small models know them. */
function historyOf({ messages, tools = [] }: ModelRequest): LlamaHistory {
  const history: LlamaHistory = messages.map(({ role, content }) =>
    role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content },
  );
  const last = history.at(-1);
  if (tools.length > 0 && last?.type === "user")
    last.text += `\n\nAnswer with one call as JSON, {"name": …, "arguments": …}, of one of these:\n${tools.map((tool) => JSON.stringify(tool)).join("\n")}`;
  history.push({ type: "model", response: [] });
  return history;
}

/** The grammar of small models: they cannot but call one of the tools. */
function callSchema(tools: readonly ModelTool[]): object {
  return {
    oneOf: tools.map(({ name, parameters }) => ({
      type: "object",
      properties: { name: { const: name }, arguments: parameters },
      required: ["name", "arguments"],
    })),
  };
}

function callsIn(text: string): readonly ModelToolCall[] {
  try {
    const call = JSON.parse(text) as ModelToolCall;
    return [{ name: call.name, arguments: call.arguments }];
  } catch {
    return [];
  }
}
