/** A process of its own: an OpenAI-shaped endpoint that answers at once, or after so many milliseconds. Prints its address. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const delay = Number(process.argv[2] ?? 0);
let answers = 0;

const server = createServer((request, response) => {
  if (request.url?.endsWith("/models") === true) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: [{ id: "instant", max_model_len: 32_000 }] }));
    return;
  }
  request.resume();
  request.on("end", () => {
    const text = `Try another number.\n\nsrc/a.js\n<<<<<<< SEARCH\n  return 0;\n=======\n  return ${++answers};\n>>>>>>> REPLACE\n`;
    const chunk = (delta: object, finish: string | null, usage?: object): string =>
      `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "instant", choices: [{ index: 0, delta, finish_reason: finish }], ...usage })}\n\n`;
    const usage = { usage: { prompt_tokens: 400, completion_tokens: 40, total_tokens: 440 } };
    setTimeout(() => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`${chunk({ role: "assistant", content: text }, null)}${chunk({}, "stop", usage)}data: [DONE]\n\n`);
    }, delay);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`);
});
