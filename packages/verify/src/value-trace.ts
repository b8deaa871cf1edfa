import { posix } from "node:path";
import type { ChangedFiles } from "@pawl/core";
import { callFresh, languageOf } from "./function-process.ts";
import type { Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import type { FunctionCase, WireValue } from "./wire.ts";

/** One step of an execution: the values of the variables in scope just before a line runs. Texts are short. */
export interface ValueStep {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A call as it ran, in its box. Told by the candidate's own process: good for explaining, never for judging. */
export interface ValueTrace {
  readonly steps: readonly ValueStep[];
  /** `returns …` or `throws …`; null when the call did not end. */
  readonly outcome: string | null;
  /** There were more steps than are kept. */
  readonly more: boolean;
}

export interface ValueTraceOptions {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  /** Relative to the project root. */
  readonly module: string;
  readonly item: Pick<FunctionCase, "call" | "args">;
  readonly files: ChangedFiles;
  /**
   * JavaScript and TypeScript only: the module with calls of `globalThis.__pawlStep?.(line, { name: () => name })` in it, in the place of its own text. Python
   * is traced by its interpreter.
   */
  readonly instrumented?: string;
  readonly timeoutMs?: number;
}

const NAME = "pawl_value_trace";
const MOST_STEPS = 300;
const TIMEOUT_MS = 10_000;

/** Runs one call in a fresh box and records what its variables hold, line by line. Null when the process gave no answer. */
export async function traceValues({ item, ...options }: ValueTraceOptions): Promise<ValueTrace | null> {
  return (await traceAllValues({ ...options, items: [item] }))[0] ?? null;
}

/** The same for several calls, one after the other in one box: what one leaves behind, the next may see. Null for calls that gave no answer. */
export async function traceAllValues(
  options: Omit<ValueTraceOptions, "item"> & { readonly items: readonly Pick<FunctionCase, "call" | "args">[] },
): Promise<(ValueTrace | null)[]> {
  const { sandbox, snapshot, module, items, files, instrumented, timeoutMs = TIMEOUT_MS } = options;
  const language = languageOf(module);
  const folder = posix.dirname(module);
  const tracer = posix.join(folder, `${NAME}.${language === "python" ? "py" : "mjs"}`);
  const text = language === "python" ? pythonTracer(posix.basename(module)) : javascriptTracer(posix.basename(module));
  const set = { module: tracer, calls: items.map(({ call, args }) => ({ call: "trace", args: [call, [...args]] })) };
  const all = { ...files, ...(instrumented === undefined ? {} : { [module]: instrumented }), [tracer]: text };
  const setting = { sandbox, snapshot, language, sets: { [NAME]: set } };
  const reply = await callFresh(setting, NAME, all, timeoutMs);
  return items.map((_, i) => {
    const returned = reply.outcomes[i]?.returns;
    return typeof returned === "string" ? readTrace(returned) : null;
  });
}

function readTrace(text: string): ValueTrace | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { steps, outcome, more } = Object(value) as { readonly [name: string]: WireValue | undefined };
  if (!Array.isArray(steps)) return null;
  return {
    steps: steps.flatMap((step: unknown) => {
      const [line, values] = Array.isArray(step) ? (step as readonly unknown[]) : [];
      if (typeof line !== "number" || typeof values !== "object" || values === null) return [];
      const texts = Object.entries(values).map(([name, each]) => [name, String(each)]);
      return [{ line, values: Object.fromEntries(texts) as Record<string, string> }];
    }),
    outcome: typeof outcome === "string" ? outcome : null,
    more: more === true,
  };
}

function javascriptTracer(file: string): string {
  return `const steps = [];
let more = false;
const show = (value) => {
  let text;
  try {
    text =
      typeof value === "function" ? "a function"
      : value instanceof Map ? "Map " + JSON.stringify([...value])
      : value instanceof Set ? "Set " + JSON.stringify([...value])
      : typeof value === "number" || typeof value === "bigint" || value === undefined ? String(value)
      : value instanceof Promise ? "a promise"
      : JSON.stringify(value);
  } catch {
    text = "a " + typeof value;
  }
  return text === undefined ? typeof value : text.length > 60 ? text.slice(0, 60) + "…" : text;
};
const STOP = {};
globalThis.__pawlStep = (line, values) => {
  if (steps.length >= ${MOST_STEPS}) {
    more = true;
    throw STOP;
  }
  const seen = {};
  for (const [name, get] of Object.entries(values)) {
    try {
      const value = get();
      if (typeof value !== "function") seen[name] = show(value);
    } catch {
      // Declared further down.
    }
  }
  steps.push([line, seen]);
};
export async function trace(call, args) {
  const target = await import(${JSON.stringify(`./${file}`)});
  steps.length = 0;
  more = false;
  let outcome = null;
  try {
    const called = target[call] ?? target.default?.[call];
    outcome = "returns " + show(await called(...args));
  } catch (error) {
    if (error !== STOP) outcome = "throws " + (error?.name ?? "") + ": " + (error?.message ?? error);
  }
  return JSON.stringify({ steps, outcome, more });
}
`;
}

function pythonTracer(file: string): string {
  return `import importlib
import json
import sys


class Stop(BaseException):
    pass


def show(value):
    try:
        text = repr(value)
    except Exception:
        text = "a " + type(value).__name__
    return text if len(text) <= 60 else text[:60] + "…"


def trace(call, args):
    name = ${JSON.stringify(file.replace(/\.py$/, ""))}
    module = importlib.import_module("." + name, __package__) if __package__ else importlib.import_module(name)
    steps = []
    state = {"more": False, "outcome": None}

    def step(frame, event, _argument):
        if frame.f_code.co_filename != module.__file__:
            return None
        if event == "line":
            if len(steps) >= ${MOST_STEPS}:
                state["more"] = True
                raise Stop()
            values = {key: show(value) for key, value in list(frame.f_locals.items()) if not callable(value)}
            steps.append([frame.f_lineno, values])
        return step

    sys.settrace(step)
    try:
        value = getattr(module, call)(*args)
        if hasattr(value, "__await__"):
            import asyncio

            async def settled():
                return await value

            value = asyncio.run(settled())
        sys.settrace(None)
        state["outcome"] = "returns " + show(value)
    except Stop:
        sys.settrace(None)
    except BaseException as error:
        sys.settrace(None)
        state["outcome"] = "throws " + type(error).__name__ + ": " + str(error)
    finally:
        sys.settrace(None)
    return json.dumps({"steps": steps, "outcome": state["outcome"], "more": state["more"]})
`;
}
