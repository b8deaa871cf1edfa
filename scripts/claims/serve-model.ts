import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Model, ModelAnswer, ModelRequest } from "@pawl/propose";

export interface ServedModel {
  readonly url: string;
  /** Calls that ended because who asked went away. */
  readonly aborted: () => number;
  close(): Promise<void>;
}

/** OpenAI's chat completions over a model of this process, streamed, so that the way over HTTP meets a real model. */
export async function serveModel(model: Model, name: string): Promise<ServedModel> {
  let aborted = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === "/v1/models") {
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({ object: "list", data: [{ id: name, object: "model", max_model_len: model.contextTokens }] }),
      );
      return;
    }
    const asked = requestOf(JSON.parse(await textOf(request)) as ChatRequest);
    const stop = new AbortController();
    response.on("close", () => stop.abort());
    let sent = 0;
    const chunk = (delta: object, finish: string | null, usage?: object): void =>
      void response.write(
        `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 0, model: name, choices: [{ index: 0, delta, finish_reason: finish }], ...(usage === undefined ? {} : { usage }) })}\n\n`,
      );
    response.writeHead(200, { "content-type": "text/event-stream" });
    try {
      const said = await model.generate(
        {
          ...asked,
          enough: (text) => {
            // What a tool is called with goes out as a call, at the end.
            if (asked.tools === undefined) chunk({ content: text.slice(sent) }, null);
            sent = text.length;
            return false;
          },
        },
        stop.signal,
      );
      if (asked.tools === undefined && said.text.length > sent) chunk({ content: said.text.slice(sent) }, null);
      const calls = said.toolCalls.map((call, index) => ({
        index,
        id: `call-${index}`,
        type: "function",
        function: { name: call.name, arguments: JSON.stringify(call.arguments) },
      }));
      if (calls.length > 0) chunk({ tool_calls: calls }, null);
      chunk({}, FINISH[said.finish] ?? "stop", {
        prompt_tokens: said.usage.inputTokens,
        completion_tokens: said.usage.outputTokens,
        prompt_tokens_details: { cached_tokens: said.usage.cachedInputTokens },
      });
      response.end("data: [DONE]\n\n");
    } catch (error) {
      if (stop.signal.aborted) aborted += 1;
      response.end(`data: ${JSON.stringify({ error: { message: String(error), type: "server_error" } })}\n\n`);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1#${name}`,
    aborted: () => aborted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const FINISH: Partial<Readonly<Record<ModelAnswer["finish"], string>>> = {
  length: "length",
  "tool-calls": "tool_calls",
  refusal: "content_filter",
};

interface ChatRequest {
  readonly messages: ModelRequest["messages"];
  readonly max_tokens?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly tools?: readonly { readonly function: NonNullable<ModelRequest["tools"]>[number] }[];
}

function requestOf(body: ChatRequest): ModelRequest {
  return {
    messages: body.messages,
    maxOutputTokens: body.max_tokens ?? 256,
    temperature: body.temperature ?? 0,
    ...(body.seed === undefined ? {} : { seed: body.seed }),
    ...(body.stop === undefined ? {} : { stop: body.stop }),
    ...(body.tools === undefined ? {} : { tools: body.tools.map((tool) => tool.function) }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
