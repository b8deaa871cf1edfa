import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { ChangedFiles } from "@pawl/core";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Command, Limits } from "./process.ts";
import type { BoxProcess, Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { readFailure, readOutcome, type CallSet, type Failure, type Outcome, type Reply } from "./wire.ts";

export type FunctionLanguage = "javascript" | "python";

const HARNESS = fileURLToPath(new URL("../harness", import.meta.url));
/** The candidate's whole memory, several processes of Python included. */
const HEAP_MB = 512;
const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  cpuSeconds: 3600,
  processes: 64,
  fileBytes: 16 * 1024 ** 2,
  wallMs: Infinity,
};

/** Where functions are called: the boxes, the project, and the calls by name of their set. */
export interface FunctionSetting {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  readonly language: FunctionLanguage;
  readonly sets: Readonly<Record<string, CallSet>>;
}

export interface StartOptions {
  /** One request in an ordinary process, with these files in the tree; its messages carry the nonce. */
  readonly fresh?: { readonly files: ChangedFiles; readonly nonce: string };
  /** Project-relative files whose executed lines are reported. */
  readonly coverage?: readonly string[];
}

export function languageOf(path: string): FunctionLanguage {
  return path.endsWith(".py") ? "python" : "javascript";
}

/** Starts a box with a process that calls functions; it has been told its set-up, and a warm one is ready: its start is no candidate's time. */
export async function startFunctionProcess(setting: FunctionSetting, options: StartOptions = {}): Promise<BoxProcess> {
  const { sandbox, snapshot, language, sets } = setting;
  const contents = { snapshot, files: options.fresh?.files ?? {}, readOnly: [HARNESS] };
  const box = await sandbox.start(contents, commandOf(language), LIMITS);
  box.send(
    JSON.stringify({
      root: snapshot.root,
      fresh: options.fresh !== undefined,
      ownSpace: sandbox.ownSpace,
      nonce: options.fresh?.nonce ?? null,
      sets,
      ...(options.coverage === undefined ? {} : { coverage: options.coverage }),
    }),
  );
  if (options.fresh === undefined) await box.messages[Symbol.asyncIterator]().next();
  return box;
}

function commandOf(language: FunctionLanguage): Command {
  if (language === "python")
    // -S: the harness looks for installed packages when one is imported.
    return { argv: ["python3", "-S", `${HARNESS}/function-python.py`], env: { PYTHONHASHSEED: "0" } };
  // A realm for each candidate is a lot of young memory: small semi-spaces would spend half the time collecting it.
  const memory = [`--max-old-space-size=${HEAP_MB}`, "--min-semi-space-size=32", "--max-semi-space-size=64"];
  const flags = ["--experimental-vm-modules", "--no-warnings", ...memory];
  return { argv: ["node", ...flags, `${HARNESS}/function-node.mjs`] };
}

/** What a fresh process did, and whether its messages were its harness's own. */
export interface FreshReply extends Reply {
  /** Somebody else wrote to the message channel: without the nonce, or out of order. */
  readonly forged: boolean;
}

/** Calls all functions of one set in a fresh box with the candidate's files in place. Rejects when `signal` aborts. */
export async function callFresh(
  setting: FunctionSetting,
  set: string,
  files: ChangedFiles,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<FreshReply> {
  signal?.throwIfAborted();
  const started = performance.now();
  const nonce = randomUUID(); // decides nothing: tells the harness's messages from others
  const box = await startFunctionProcess(setting, { fresh: { files, nonce } });
  let timedOut = false;
  const stop = (): void => void box.kill();
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutMs);
  signal?.addEventListener("abort", stop);
  const asked = setting.sets[set]?.calls.length ?? 0;
  const outcomes: Outcome[] = [];
  let load: Failure | undefined;
  let uncaught: Failure | undefined;
  let done = false;
  let forged = false;
  box.send(JSON.stringify({ set }));
  for await (const line of box.messages) {
    const message = parseMessage(line);
    if (message.nonce !== nonce) forged = true;
    else if (message.outcome !== undefined && message.case === outcomes.length && message.case < asked && !done)
      outcomes.push(message.outcome);
    else if (message.load !== undefined) load = message.load;
    else if (message.uncaught !== undefined) uncaught = message.uncaught;
    else if (message.done === true && !done && outcomes.length === asked) done = true;
    else forged = true;
  }
  const end = await box.exited;
  clearTimeout(timer);
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  // Exit code 9: the harness found that a pending call can never answer.
  const silent = timedOut || end.exitCode === 9;
  return {
    outcomes,
    ended: load !== undefined ? "load" : done && !box.ranOut() ? null : silent ? "timeout" : "exit",
    ...(load === undefined ? {} : { load }),
    ...(uncaught === undefined ? {} : { uncaught }),
    cpuMs: box.cpuMs(),
    wallMs: performance.now() - started,
    forged,
  };
}

interface FreshMessage {
  readonly nonce: unknown;
  readonly case: unknown;
  readonly outcome: Outcome | undefined;
  readonly load: Failure | undefined;
  readonly uncaught: Failure | undefined;
  readonly done: unknown;
}

function parseMessage(line: string): FreshMessage {
  let value: { readonly [name: string]: unknown };
  try {
    value = Object(JSON.parse(line));
  } catch {
    value = {};
  }
  return {
    nonce: value["nonce"],
    case: value["case"],
    outcome: value["outcome"] === undefined ? undefined : readOutcome(value["outcome"]),
    load: readFailure(value["load"]),
    uncaught: readFailure(value["uncaught"]),
    done: value["done"],
  };
}
