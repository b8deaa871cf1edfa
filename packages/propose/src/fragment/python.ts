import { basename, dirname, extname, join } from "node:path";
import { UsageError } from "@pawl/core";
import type { Completion, FragmentLanguage, FragmentProgram } from "./fragment.ts";
import type { MissingName, ValueWriter } from "./shape.ts";

/** What harness/fragment-shapes.py answers. */
interface Answer {
  readonly error?: string;
  /** The lines before and after the fragment that make it whole, and the fragment's own. */
  readonly before: readonly string[];
  readonly body: readonly string[];
  readonly after: readonly string[];
  /** Indentation of the fragment. */
  readonly column: number;
  /** True when it is the body of a function `_fragment`. */
  readonly wrapped: boolean;
  readonly calls: readonly Call[];
  readonly definitions: readonly string[];
  readonly defined: readonly string[];
  readonly lines: readonly number[];
  /** Module → the name it is bound to, for modules that are not there. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly missing: readonly MissingName[];
}

interface Call {
  readonly call: string;
  /** Name of the missing value, and `keyword=` or nothing. */
  readonly arguments: readonly (readonly [missing: string, keyword: string])[];
  readonly methods?: readonly Call[];
}

/** Python fragments. `ask` puts a question to harness/fragment-shapes.py. */
export function pythonFragments(ask: (question: unknown) => Promise<unknown>): FragmentLanguage {
  return {
    id: "python",
    writer: PYTHON_WRITER,
    async complete(fragment, { missingModules, missingNames, useDefinitions }): Promise<Completion> {
      const { text, from, to } = fragment;
      const around = { missingModules: [...missingModules], missingNames: [...missingNames], useDefinitions };
      const answer = (await ask({ text, from, to, ...around })) as Answer;
      if (answer.error !== undefined)
        throw new UsageError({
          what: `the lines cannot be read as a part of a program: ${answer.error}`,
          where: `${fragment.path}:${from}-${to}`,
          todo: "Take whole statements, or the inside of one block.",
        });
      const { missing, defined } = answer;
      return { missing, defined, program: (values) => programOf(fragment.path, from, answer, missingModules, values) };
    },
  };
}

function programOf(
  path: string,
  from: number,
  answer: Answer,
  missingModules: ReadonlySet<string>,
  values: ReadonlyMap<string, string>,
): FragmentProgram {
  const given = [...values].map(([name, value]) => `${variableOf(name)} = ${value}`);
  const indent = (lines: readonly string[], column: number): readonly string[] =>
    lines.map((line) => " ".repeat(column) + line);
  const calls = answer.calls.flatMap(callLines);
  const head = [GIVEN, ...answer.definitions, ...moduleLines(missingModules, answer.aliases, values)];
  // The values stand where the fragment's own variables will, so that it can assign to them.
  const column = answer.wrapped ? answer.column : 0;
  const [start, rest] = answer.wrapped ? [answer.before.slice(0, 1), answer.before.slice(1)] : [[], answer.before];
  const inner = answer.wrapped && rest[0]?.startsWith(" for _once") ? 1 : column;
  const before = [...head, ...start, ...indent(given, inner), ...rest];
  const tail = [...indent(calls, column), ...(answer.wrapped ? ["_pawl_run(_fragment)"] : [])];
  const text = [...before, ...answer.body, ...answer.after, ...tail, ""].join("\n");
  const offset = before.join("\n").split("\n").length + 1 - from;
  const place = join(dirname(path), `_${basename(path, extname(path)).replaceAll(/\W/g, "_")}_pawl_fragment.py`);
  return { path: place, text, lines: answer.lines, offset };
}

function callLines({ call, arguments: own, methods = [] }: Call): readonly string[] {
  const list = (each: Call): string => each.arguments.map(([name, keyword]) => keyword + variableOf(name)).join(", ");
  if (methods.length === 0) return [`_pawl_run(lambda: ${call}(${list({ call, arguments: own })}))`];
  return [
    `_pawl_made = []`,
    `_pawl_run(lambda: _pawl_made.append(${call}(${list({ call, arguments: own })})))`,
    ...methods.map((method) => `_pawl_made and _pawl_run(lambda: _pawl_made[0].${method.call}(${list(method)}))`),
  ];
}

/** Imports of modules that are not there, inside of the fragment, find one with the predicted names. */
function moduleLines(
  missing: ReadonlySet<string>,
  aliases: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
): readonly string[] {
  const names = [...values]
    .filter(([name]) => /^\w+$/.test(name))
    .map(([name, value]) => `${JSON.stringify(name)}: ${value}`);
  return [...new Set([...missing, ...Object.keys(aliases)])].map((module) => {
    const alias = aliases[module];
    const whole = alias === undefined ? undefined : values.get(alias);
    const own = whole === undefined ? "" : `**getattr(${whole}, "__dict__", {}), `;
    return `_pawl_module(${JSON.stringify(module)}, lambda: { ${own}${names.join(", ")} })`;
  });
}

function variableOf(missing: string): string {
  return missing.includes("(") ? `_${missing.replaceAll(/\W/g, "_")}` : missing;
}

/** What Python has no literal for. */
const GIVEN = `class Given:
    def __init__(self, members=None, returns=None, awaits=None):
        self.__dict__.update(members or {})
        self._returns = returns
        self._awaits = awaits
    def __call__(self, *positional, **named):
        if self._returns is None:
            raise TypeError("'Given' object is not callable")
        return self._returns()
    def __enter__(self):
        return self
    def __exit__(self, *error):
        return False
    async def __aenter__(self):
        return self
    async def __aexit__(self, *error):
        return False
    def __await__(self):
        if self._awaits is None:
            raise TypeError("object Given can't be used in 'await' expression")
        return self._awaits()
        yield
    def __repr__(self):
        return "given"
def _pawl_module(name, members):
    import sys, types
    parts = name.split(".")
    for i in range(len(parts)):
        path = ".".join(parts[: i + 1])
        module = sys.modules.setdefault(path, types.ModuleType(path))
        module.__getattr__ = lambda key: members()[key] if key in members() else Given({}, lambda: Given())
        module.__path__ = []
        if i > 0:
            setattr(sys.modules[".".join(parts[:i])], parts[i], module)`;

const entries = (pairs: readonly (readonly [string, string])[]): string =>
  `{${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(", ")}}`;

/** Values as Python. */
const PYTHON_WRITER: ValueWriter = {
  number: (value) => (value < 0 ? `(${value})` : String(value)),
  string: (value) => JSON.stringify(value),
  boolean: (value) => (value ? "True" : "False"),
  list: (items) => `[${items.join(", ")}]`,
  record: (members) => `Given(${entries(members)})`,
  dictionary: entries,
  function: (returns, own) => `Given(${entries(own)}, lambda: ${returns})`,
  map: entries,
  set: (items) => `set([${items.join(", ")}])`,
  date: () => "__import__('datetime').datetime(2024, 1, 15, 10, 30)",
  pattern: () => "__import__('re').compile(r'\\w+')",
  promise: (value) => `Given({}, None, lambda: ${value})`,
  error: (name) => `type(${JSON.stringify(name.replaceAll(/\W/g, "") || "Problem")}, (Exception,), {})`,
};
