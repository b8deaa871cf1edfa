import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { applyEdits, type ChangedFiles } from "@pawl/core";
import { estree } from "@pawl/propose";
import { AGENT_DATA, baseAgent, partsLibrary } from "../../packages/improve/src/self-agent/workspace.ts";

/** One edit as agents make them. */
export interface AgentEdit {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type AllEdits = (files: ChangedFiles, operators: unknown[], parsed: Record<string, unknown>) => AgentEdit[];

/** Everything that an agent with every operator of the library can do to a program by one edit. The modules are Pawl's own, as it comes with them. */
export async function loadAgentEdits(): Promise<(files: ChangedFiles) => readonly AgentEdit[]> {
  const load = (path: string): Promise<Record<string, unknown>> => import(pathToFileURL(join(AGENT_DATA, path)).href);
  const isOperator = (path: string): boolean => path.startsWith("operators/");
  const base = Object.keys(baseAgent()).filter(isOperator);
  const others = partsLibrary()
    .map(({ path }) => path)
    .filter(isOperator);
  const paths = [...base.map((path) => `base/${path}`), ...others.map((path) => `library/${path}`)];
  const operators = await Promise.all(paths.map(load));
  const { allEdits } = (await load("base/tools/sites.js")) as { allEdits: AllEdits };
  return (files) => {
    const trees = Object.entries(files).map(([path, text]) => [path, estree(text, path)]);
    return allEdits(files, operators, Object.fromEntries(trees) as Record<string, unknown>);
  };
}

/** The files with edits in them; null when they touch each other or the result does not parse. */
export function edited(files: ChangedFiles, edits: readonly AgentEdit[]): ChangedFiles | null {
  const changed: Record<string, string> = { ...files };
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path).sort((a, b) => a.start - b.start);
    const text = applyEdits(files[path] as string, own);
    if (text === null || estree(text, path) === null) return null;
    changed[path] = text;
  }
  return changed;
}
