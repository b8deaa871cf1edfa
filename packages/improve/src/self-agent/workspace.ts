import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { canonicalJson, sha256, UsageError } from "@pawl/core";

/** An agent: the texts of its files by path, sorted. Its identity is their hash. */
export type AgentFiles = Readonly<Record<string, string>>;

/** A part of the library that an agent can put into its workflow. */
export interface LibraryPart {
  /** Where it lies in a workspace. */
  readonly path: string;
  readonly text: string;
  /** What the workflow calls it, and the import that says so. */
  readonly name: string;
  readonly import: string;
  /** The list or the place of the workflow's `parts` that it goes into. */
  readonly slot: string;
  /** Id of the operator, for one. */
  readonly operator?: string;
  /** The briefs it may be an answer to. */
  readonly helps: readonly string[];
  /** Numbers it reads from the genome, with what they begin as. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface AgentManifest {
  readonly name: string;
  /** Version of the host's interface it was written for. */
  readonly interface: number;
  readonly entry: string;
  /** What it says it needs; more than the engine gives is refused. */
  readonly limits: { readonly vcalls: number; readonly cpuSeconds: number; readonly memoryMb: number };
}

/** The interface that `harness/agent-host.mjs` gives. */
export const INTERFACE = 1;
/** What the engine gives a piece of work at most, whatever a manifest says. */
export const MOST = { vcalls: 200, cpuSeconds: 20, memoryMb: 512 } as const;

/** The folder of the agent, the parts, the harness and the tasks that Pawl comes with. */
export const AGENT_DATA = fileURLToPath(new URL("../../self-agent", import.meta.url));
export const AGENT_HARNESS = join(AGENT_DATA, "harness");
const LONGEST_FILE = 64 * 1024;
const MOST_FILES = 100;
/** Plain names below the workspace; a path that leaves it has none of these forms. */
const PATH = /^(?:[a-z][\w-]*\/){0,3}[a-z][\w-]*\.(?:js|json|md)$/;

/** The agent that Pawl comes with. */
export function baseAgent(): AgentFiles {
  return readFolder(join(AGENT_DATA, "base"));
}

/** What the base agent lacks. */
export function partsLibrary(): readonly LibraryPart[] {
  const folder = join(AGENT_DATA, "library");
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Omit<LibraryPart, "text">[];
  return index.map((part) => ({ ...part, text: readFileSync(join(folder, part.path), "utf8") }));
}

/** 64 hexadecimal digits; the first twelve are what people see. */
export function agentHash(files: AgentFiles): string {
  return sha256(canonicalJson(files));
}

export function shortId(hash: string): string {
  return hash.slice(0, 12);
}

/** Another version of an agent. Throws a UsageError for what no workspace may hold. */
export function withChanges(files: AgentFiles, changed: unknown): AgentFiles {
  if (typeof changed !== "object" || changed === null || Array.isArray(changed))
    throw refused("the change is not a set of files", "a change");
  const next: Record<string, string> = { ...files };
  for (const [path, text] of Object.entries(changed)) {
    if (!PATH.test(path)) throw refused("a file that is no part of a workspace", path);
    if (typeof text !== "string" || text.length > LONGEST_FILE) throw refused("a file is no text, or too long", path);
    next[path] = text;
  }
  if (Object.keys(next).length > MOST_FILES) throw refused("too many files", `${Object.keys(next).length}`);
  return Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What an agent says of itself. Throws a UsageError when it asks for another interface, or more than there is. */
export function readManifest(files: AgentFiles): AgentManifest {
  let manifest: AgentManifest;
  try {
    manifest = JSON.parse(files["manifest.json"] ?? "") as AgentManifest;
  } catch {
    throw refused("the manifest is missing, or is not JSON", "manifest.json");
  }
  if (manifest?.interface !== INTERFACE)
    throw refused(`the agent was written for interface ${manifest?.interface}, this is ${INTERFACE}`, "manifest.json");
  if (typeof manifest.entry !== "string" || files[manifest.entry] === undefined)
    throw refused("the manifest names no file that is there", "manifest.json: entry");
  for (const [name, most] of Object.entries(MOST)) {
    const wanted = manifest.limits?.[name as keyof typeof MOST];
    if (typeof wanted !== "number" || !(wanted > 0) || wanted > most)
      throw refused(`the limit is not a number from 1 to ${most}`, `manifest.json: limits.${name}`);
  }
  return manifest;
}

/** The paths that differ, in order. */
export function changedPaths(before: AgentFiles, after: AgentFiles): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => before[path] !== after[path])
    .sort();
}

/** Whether more changed than numbers: an operator, a tool or the workflow. */
export function changesCode(before: AgentFiles, after: AgentFiles): boolean {
  return changedPaths(before, after).some((path) => path.endsWith(".js") && !path.startsWith("selftest/"));
}

function readFolder(folder: string): AgentFiles {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function refused(what: string, where: string): UsageError {
  return new UsageError({ what, where, todo: "Give a workspace as docs/guides/self-improving-agent.md describes it." });
}
