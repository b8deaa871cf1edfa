// An agent that speaks the Agent Client Protocol over standard input and output, for tests. What it does is its first argument.
import { execSync } from "node:child_process";
import { Readable, Writable } from "node:stream";
import { agent, ndJsonStream, type AgentContext } from "@agentclientprotocol/sdk";

const behaviour = process.argv[2] ?? "repair";
let folder = "";
let turns = 0;

async function repair(client: AgentContext, sessionId: string): Promise<void> {
  const path = `${folder}/sum.js`;
  const { content } = await client.request("fs/read_text_file", { sessionId, path });
  await client.request("fs/write_text_file", { sessionId, path, content: content.replace("-=", "+=") });
}

const say = (client: AgentContext, sessionId: string, text: string): Promise<void> =>
  client.notify("session/update", {
    sessionId,
    update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } },
  });

const permission = async (client: AgentContext, sessionId: string, path: string): Promise<string> => {
  const { outcome } = await client.request("session/request_permission", {
    sessionId,
    toolCall: { toolCallId: path, title: "edit", kind: "edit", locations: [{ path }] },
    options: [
      { optionId: "no", name: "No", kind: "reject_once" },
      { optionId: "yes", name: "Yes", kind: "allow_once" },
    ],
  });
  return outcome.outcome === "selected" ? outcome.optionId : outcome.outcome;
};

console.log("Welcome! This line is no message of the protocol.");
agent({ name: "fixture" })
  .onRequest("initialize", () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest("session/new", ({ params }) => {
    folder = params.cwd;
    return { sessionId: "one" };
  })
  .onRequest("session/prompt", async ({ params: { sessionId, prompt }, client }) => {
    turns += 1;
    const text = prompt.map((block) => (block.type === "text" ? block.text : "")).join("");
    if (behaviour === "hang") await new Promise(() => setInterval(() => {}, 1000));
    if (behaviour === "die") process.exit(7);
    if (behaviour === "flood") for (;;) await say(client, sessionId, "x".repeat(1_000_000));
    if (behaviour === "cheat" && turns === 1) {
      execSync("echo '// cheat' >> sum.test.js", { cwd: folder });
      return { stopReason: "end_turn" };
    }
    if (behaviour === "cheat") {
      if (!text.includes("sum.test.js")) throw new Error("nobody told what was refused");
      execSync("git checkout -q sum.test.js 2>/dev/null || sed -i '/cheat/d' sum.test.js", { cwd: folder });
    }
    if (behaviour === "escape") {
      const tries = ["/etc/passwd", `${folder}/../../../../etc/passwd`, `${folder}/link`].map((path) =>
        client.request("fs/read_text_file", { sessionId, path }).then(
          () => "read",
          () => "refused",
        ),
      );
      await say(client, sessionId, (await Promise.all(tries)).join(" "));
      await say(client, sessionId, ` ${await permission(client, sessionId, "/etc/passwd")}`);
      await say(client, sessionId, ` ${await permission(client, sessionId, `${folder}/sum.js`)}`);
    }
    await repair(client, sessionId);
    await client.notify("session/update", {
      sessionId,
      update: { sessionUpdate: "usage_update", used: 1234, size: 100_000, cost: { amount: 0.25, currency: "USD" } },
    });
    return { stopReason: "end_turn" };
  })
  .connect(
    ndJsonStream(
      Writable.toWeb(process.stdout) as WritableStream<Uint8Array>,
      Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>,
    ),
  );
