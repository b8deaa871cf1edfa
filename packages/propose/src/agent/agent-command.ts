import { UsageError } from "@pawl/core";

/** What `--proposer agent:…` names. */
export interface AgentCommand {
  /** `command` reads its task on standard input and ends when it is done; `acp` speaks the Agent Client Protocol, version 1. */
  readonly protocol: "command" | "acp";
  readonly argv: readonly string[];
  /** Environment variables the agent gets by itself, when they are set: its key. */
  readonly variables: readonly string[];
}

/** Well-known agents in a form that asks nobody for permission: the box is what holds them. */
const PRESETS: Readonly<Record<string, AgentCommand>> = {
  "claude-code": {
    protocol: "command",
    argv: ["claude", "--print", "--dangerously-skip-permissions"],
    variables: ["ANTHROPIC_API_KEY"],
  },
  codex: {
    protocol: "command",
    argv: ["codex", "exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "-"],
    variables: ["OPENAI_API_KEY"],
  },
  gemini: { protocol: "acp", argv: ["gemini", "--experimental-acp"], variables: ["GEMINI_API_KEY"] },
};

export const AGENT_PRESETS: readonly string[] = Object.keys(PRESETS);

/** Reads what follows `agent:`: the name of a well-known agent, `acp:<command>`, or a command. Quotes work as in a shell; nothing else does. */
export function parseAgent(text: string): AgentCommand {
  const preset = PRESETS[text.trim()];
  if (preset !== undefined) return preset;
  const acp = text.startsWith("acp:");
  const argv = wordsOf(acp ? text.slice("acp:".length) : text);
  if (argv.length > 0) return { protocol: acp ? "acp" : "command", argv, variables: [] };
  throw new UsageError({
    what: "no agent is named",
    where: `--proposer agent:${text}`,
    todo: `Name one of ${AGENT_PRESETS.join(", ")}, a command ("agent:./fix.sh"), or one that speaks the Agent Client Protocol ("agent:acp:my-agent").`,
  });
}

function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let i = 0; i < line.length; i++) {
    const character = line[i] as string;
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? "") + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === "\\" && i + 1 < line.length) word = (word ?? "") + (line[++i] as string);
    else word = (word ?? "") + character;
  }
  if (quote !== null)
    throw new UsageError({ what: `a quote (${quote}) is not closed`, where: `agent:${line}`, todo: "Close it." });
  return word === null ? words : [...words, word];
}
