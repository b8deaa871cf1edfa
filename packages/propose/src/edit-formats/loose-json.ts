import type { ModelToolCall } from "../model/model.ts";

/** JSON as models write it: line breaks inside of texts, a comma too many, comments around it. Undefined when it is no JSON even so. */
export function parseLoosely(text: string): unknown {
  const body = text
    .trim()
    .replace(/^```\w*\n([\s\S]*?)\n?```$/, "$1")
    .trim();
  for (const attempt of [body, repaired(body)]) {
    try {
      const value: unknown = JSON.parse(attempt);
      // Twice encoded.
      return typeof value === "string" && /^\s*\{/.test(value) ? parseLoosely(value) : value;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Escapes control characters inside of texts, and takes off commas before a closing bracket. */
function repaired(text: string): string {
  let result = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    if (quoted && char === "\\") {
      result += char + (text[i + 1] ?? "");
      i += 1;
    } else if (char === '"') {
      quoted = !quoted;
      result += char;
    } else if (quoted && char === "\n") result += "\\n";
    else if (quoted && char === "\t") result += "\\t";
    else if (!quoted && char === "," && /^\s*[}\]]/.test(text.slice(i + 1))) continue;
    else result += char;
  }
  return result;
}

/** Calls written into a text: a JSON object with a name and arguments, alone, in a list, in a block of code or between tags. */
export function callsInText(text: string): {
  readonly calls: readonly ModelToolCall[];
  readonly rest: string;
  readonly broken: number;
} {
  const calls: ModelToolCall[] = [];
  let rest = "";
  let broken = 0;
  for (let at = 0; at < text.length;) {
    const open = text.slice(at).search(/\{\s*"(?:name|tool|function|tool_name|type)"\s*:/);
    if (open === -1) {
      rest += text.slice(at);
      break;
    }
    const start = at + open;
    rest += text.slice(at, start);
    const end = endOfObject(text, start);
    const value = end === -1 ? undefined : parseLoosely(text.slice(start, end));
    const call = asCall(value);
    if (call !== null) calls.push(call);
    else if (end === -1 || value === undefined) broken += 1;
    else rest += text.slice(start, end);
    at = end === -1 ? text.length : end;
  }
  return { calls, rest: rest.replaceAll(/<\/?tool_calls?>|```(?:json)?|^[[\],\s]+$/gm, "").trim(), broken };
}

function asCall(value: unknown): ModelToolCall | null {
  if (typeof value !== "object" || value === null) return null;
  const {
    name,
    tool,
    tool_name,
    function: inner,
    arguments: given,
    parameters,
    input,
    args,
  } = value as Record<string, unknown>;
  if (typeof inner === "object" && inner !== null) return asCall(inner);
  const called = [name, tool, tool_name, inner].find((each) => typeof each === "string");
  const values = given ?? parameters ?? input ?? args;
  return typeof called === "string" && values !== undefined ? { name: called, arguments: values } : null;
}

/** Offset behind the bracket that closes an object; -1 when none does. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char === "\\") i += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth += 1;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}
