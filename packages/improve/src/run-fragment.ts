import { existsSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { UsageError } from "@pawl/core";
import {
  javascriptFragments,
  pythonFragments,
  RulePredictor,
  type Fragment,
  type FragmentLanguage,
} from "@pawl/propose";
import {
  askPython,
  openSandbox,
  packageRoot,
  projectPython,
  removeSnapshot,
  runFragment as runInBox,
  takeSnapshot,
  type Isolation,
} from "@pawl/verify";
import {
  involved,
  recurrences,
  runCompleted,
  type FragmentLoopOptions,
  type FragmentOutcome,
} from "./fragment-loop.ts";
import type { RunOptions } from "./options.ts";
import { realPlace } from "./project-path.ts";
import { sourceText } from "./source-text.ts";

export interface FragmentOptions extends Pick<RunOptions, "isolation" | "unsafe" | "signal"> {
  /** Folder from which `place` is read. */
  readonly root: string;
  /** `file`, `file:10-20` or `file:10`. */
  readonly place: string;
}

/** Shapes of `--json`, stable. */
export interface FragmentResult {
  /** `complete`: it ran to its end. `exception`: nothing that was tried kept it from ending early. */
  readonly status: "complete" | "exception" | "timeout";
  readonly file: string;
  readonly from: number;
  readonly to: number;
  /** The lines as they are in the file. */
  readonly text: string;
  readonly language: "javascript" | "python";
  /** Lines of the file that hold something to execute. */
  readonly lines: { readonly executed: readonly number[]; readonly notExecuted: readonly number[] };
  readonly values: readonly FragmentValue[];
  /** Names taken from the file around the fragment. */
  readonly defined: readonly string[];
  readonly exceptions: readonly FragmentException[];
  /** Lines in the order in which they were executed, the first 5,000. */
  readonly trace: readonly number[];
  /** What it printed. */
  readonly output: string;
  readonly runs: number;
  readonly isolation: Isolation;
  readonly seconds: number;
}

export interface FragmentValue {
  /** `user`, `this`, `parse(text)` for a parameter, `require("x")` for a module that is not there. */
  readonly name: string;
  /** Source text. */
  readonly value: string;
  /** What it was made of: a declared type, what is done with it, its name, or nothing. */
  readonly source: "type" | "usage" | "name" | "guess";
  /** Lines that have to do with it. */
  readonly lines: readonly number[];
}

export interface FragmentException {
  readonly name: string;
  readonly message: string;
  /** Null when it came from outside of the fragment. */
  readonly line: number | null;
  /** In how many of five runs with different values it happened. */
  readonly recurred: number;
  /** True from three of five on: most likely the fragment's own fault, not that of a value. */
  readonly finding: boolean;
  /** Names whose values may be the reason, otherwise. */
  readonly depends: readonly string[];
}

const RETRIES = 14;
const ASSIGNMENTS = 5;
const ENOUGH_FOR_A_FINDING = 3;

/** Runs a piece of a file that does not run by itself: what is undefined in it gets values that fit. In the sandbox; no file is changed. */
export async function runFragment(options: FragmentOptions): Promise<FragmentResult> {
  const started = performance.now();
  const { path, lines } = readPlace(options.place);
  const file = realPlace(options.root, path);
  if (!existsSync(file) || !statSync(file).isFile())
    throw new UsageError({
      what: "there is no such file",
      where: path,
      todo: "Name a file: pawl run-fragment src/a.js:10-20",
    });
  const sandbox = await openSandbox({
    ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
    unsafe: options.unsafe ?? false,
  });
  const snapshot = await takeSnapshot(packageRoot(resolve(file, "..")));
  try {
    const inside = relative(snapshot.root, file).replaceAll("\\", "/");
    const text = sourceText(snapshot.base, inside);
    const fragment = { path: inside, text, ...rangeOf(lines, text, path) };
    const box = {
      python: projectPython(snapshot.root),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    };
    const language = languageFor(path, (question) => askPython(sandbox, snapshot, "fragment-shapes.py", question, box));
    const loop: FragmentLoopOptions = {
      fragment,
      language,
      predictor: new RulePredictor(),
      retries: RETRIES,
      run: (program) => runInBox(sandbox, snapshot, language.id, program, box),
    };
    const outcome = await runCompleted(loop);
    const counts = outcome.timedOut ? outcome.exceptions.map(() => 1) : await recurrences(loop, outcome, ASSIGNMENTS);
    return resultOf(fragment, language, outcome, counts, sandbox.isolation, started);
  } finally {
    await removeSnapshot(snapshot);
  }
}

/** The language of a file by its name. */
export function languageFor(path: string, ask: (question: unknown) => Promise<unknown>): FragmentLanguage {
  if (path.endsWith(".py")) return pythonFragments(ask);
  if (/\.[cm]?[jt]sx?$/.test(path)) return javascriptFragments;
  throw new UsageError({
    what: "fragments of this language cannot be run",
    where: path,
    todo: "Name a file of JavaScript, TypeScript or Python.",
  });
}

function readPlace(place: string): { readonly path: string; readonly lines: readonly [number, number] | null } {
  const [, path = place, from, to] = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/s.exec(place) ?? [];
  return { path, lines: from === undefined ? null : [Number(from), Number(to ?? from)] };
}

function rangeOf(lines: readonly [number, number] | null, text: string, path: string): Pick<Fragment, "from" | "to"> {
  const count = text.replace(/\n$/, "").split("\n").length;
  const [from, to] = lines ?? [1, count];
  if (from >= 1 && from <= to && to <= count) return { from, to };
  throw new UsageError({
    what: `there are no lines ${from} to ${to}`,
    where: path,
    todo: `The file has lines 1 to ${count}; write ${path}:10-20.`,
  });
}

function resultOf(
  { path, text, from, to }: Fragment,
  language: FragmentLanguage,
  outcome: FragmentOutcome,
  counts: readonly number[],
  isolation: Isolation,
  started: number,
): FragmentResult {
  const executed = new Set(outcome.executed);
  const { missing } = outcome.completion;
  return {
    status: outcome.timedOut ? "timeout" : outcome.exceptions.length > 0 ? "exception" : "complete",
    file: path,
    from,
    to,
    text: text
      .split("\n")
      .slice(from - 1, to)
      .join("\n"),
    language: language.id,
    lines: { executed: [...executed], notExecuted: outcome.lines.filter((line) => !executed.has(line)) },
    values: missing.map(({ name, lines }) => {
      const value = outcome.values.get(name);
      return { name, value: value?.expression ?? "", source: value?.source ?? "guess", lines };
    }),
    defined: outcome.completion.defined,
    exceptions: outcome.exceptions.map((error, i) => {
      const recurred = counts[i] ?? 1;
      const finding = recurred >= ENOUGH_FOR_A_FINDING;
      return { ...error, recurred, finding, depends: finding ? [] : involved(outcome, error.line) };
    }),
    trace: outcome.trace,
    output: outcome.stdout,
    runs: outcome.runs,
    isolation,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}
