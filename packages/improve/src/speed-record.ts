import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PawlError } from "@pawl/core";
import { functionBody, type Languages } from "@pawl/propose";
import { DEFAULT_LIMITS, discoverTests, type Arguments, type ProjectSnapshot, type Sandbox } from "@pawl/verify";

export interface Recording {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  readonly root: string;
  readonly module: string;
  readonly call: string;
  /** Text of the module. */
  readonly text: string;
  /** Test command; default: found in the project. */
  readonly test?: string;
}

const TIMEOUT_MS = 120_000;
const LONGEST_LINE = 20_000;
const FILE = "calls.jsonl";

/**
 * Runs the project's tests with the function writing down its arguments, in a box, and returns the different calls in order. None when
 * there are no tests. Arguments that are not plain data are left out: they could not be made again.
 */
export async function recordCalls(
  recording: Recording,
  languages: Languages,
  signal: AbortSignal,
): Promise<readonly Arguments[]> {
  const { sandbox, snapshot, module, call, text } = recording;
  const body = functionBody(languages, text, module, call);
  if (body === null) return [];
  let command;
  try {
    command = discoverTests(recording.root, recording.test).command;
  } catch (error) {
    if (error instanceof PawlError) return [];
    throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), "pawl-calls-"));
  try {
    const written = instrumented(text, body, join(folder, FILE), module.endsWith(".py"));
    const contents = { snapshot, files: { [module]: written }, writable: [folder] };
    await sandbox.run(contents, { ...command, ownNode: true }, { ...DEFAULT_LIMITS, wallMs: TIMEOUT_MS }, signal);
    return readCalls(join(folder, FILE));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The module with a statement at the start of the function that appends its arguments, as JSON, to a file; errors of its own are swallowed. */
function instrumented(
  text: string,
  body: { readonly start: number; readonly parameters: readonly string[]; readonly indent: string },
  file: string,
  isPython: boolean,
): string {
  const { start, parameters, indent } = body;
  const list = parameters.join(", ");
  if (isPython) {
    const code = `__import__("json").dumps([${list}], allow_nan=False)`;
    const lines = [
      "try:",
      `    _pawl_line = ${code}`,
      `    if __import__("json").loads(_pawl_line) == [${list}]:`,
      `        with open(${JSON.stringify(file)}, "a") as _pawl_file: _pawl_file.write(_pawl_line + "\\n")`,
      "except Exception: pass",
    ];
    return text.slice(0, start) + lines.map((line) => `${line}\n${indent}`).join("") + text.slice(start);
  }
  const code =
    ` try { const line = JSON.stringify([${list}]); if (process.getBuiltinModule("node:util").isDeepStrictEqual(JSON.parse(line), [${list}])) ` +
    `process.getBuiltinModule("node:fs").appendFileSync(${JSON.stringify(file)}, line + "\\n"); } catch {} `;
  return text.slice(0, start) + code + text.slice(start);
}

function readCalls(path: string): readonly Arguments[] {
  let written: string;
  try {
    written = readFileSync(path, "utf8");
  } catch {
    return []; // never called
  }
  const calls: Arguments[] = [];
  for (const line of new Set(written.split("\n"))) {
    if (line === "" || line.length > LONGEST_LINE) continue;
    try {
      const args: unknown = JSON.parse(line);
      if (Array.isArray(args)) calls.push(args as Arguments);
    } catch {
      // two processes wrote at the same time
    }
  }
  return calls;
}
