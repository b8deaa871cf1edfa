import { dirname, join, resolve } from "node:path";
import type {
  Completion,
  Fragment,
  FragmentLanguage,
  FragmentProgram,
  PredictedValue,
  Surroundings,
  ValuePredictor,
} from "@pawl/propose";
import type { FragmentError, FragmentRun } from "@pawl/verify";

/** One run of a completed fragment; lines are the file's. */
export interface FragmentOutcome {
  readonly completion: Completion;
  readonly values: ReadonlyMap<string, PredictedValue>;
  /** Lines that hold something to execute, and those of them that were executed. */
  readonly lines: readonly number[];
  readonly executed: readonly number[];
  readonly trace: readonly number[];
  readonly exceptions: readonly LocatedError[];
  readonly timedOut: boolean;
  readonly stdout: string;
  /** Runs until here. */
  readonly runs: number;
}

export interface LocatedError {
  readonly name: string;
  readonly message: string;
  /** Innermost line of the fragment; null when it came from outside. */
  readonly line: number | null;
}

export interface FragmentLoopOptions {
  readonly fragment: Fragment;
  readonly language: FragmentLanguage;
  readonly predictor: ValuePredictor;
  readonly run: (program: FragmentProgram) => Promise<FragmentRun>;
  /** Values that are given up for others when a run ends with an exception; 0 takes the first values as they are. */
  readonly retries: number;
}

/** Modules that reach out of the box, where they can reach nothing: what they give is predicted, as if they were not there. */
const EFFECTFUL: ReadonlySet<string> = new Set(
  (
    "requests httpx aiohttp urllib3 urllib.request http.client socket smtplib ftplib subprocess boto3 psycopg2 pymysql redis paramiko " +
    "axios node-fetch got superagent undici pg mysql mysql2 ioredis mongodb nodemailer http https net dns child_process " +
    "node:http node:https node:net node:dns node:child_process"
  ).split(" "),
);
/** Other values tried for one name. */
const ALTERNATIVES = 3;
/** What is learned about missing modules and names costs a run each. */
const MOST_REPAIRS = 20;

/** Completes a fragment, runs it, and learns from how it ended: what else is missing, and which values to give up. The run that got furthest counts. */
export async function runCompleted(options: FragmentLoopOptions): Promise<FragmentOutcome> {
  const { fragment } = options;
  let surroundings: Surroundings = { missingModules: EFFECTFUL, missingNames: new Set(), useDefinitions: true };
  let runs = 0;
  let read: { readonly surroundings: Surroundings; readonly completion: Completion } | null = null;
  const complete = async (): Promise<Completion> => {
    if (read?.surroundings !== surroundings)
      read = { surroundings, completion: await options.language.complete(fragment, surroundings) };
    return read.completion;
  };
  const attempt = async (attempts: ReadonlyMap<string, number>, error: string | null): Promise<FragmentOutcome> => {
    for (let repairs = 0; ; repairs++) {
      const { outcome, run, offset } = await runOnce(options, await complete(), attempts, error, ++runs);
      const learned = repairs < MOST_REPAIRS ? learn(surroundings, run, outcome, fragment, offset) : null;
      if (learned === null) return outcome;
      surroundings = learned;
    }
  };
  let attempts = new Map<string, number>();
  let best = await attempt(attempts, null);
  for (let left = options.retries; left > 0 && isUnfinished(best);) {
    const before = best;
    for (const [name, alternative] of alternatives(before, attempts)) {
      if (left-- <= 0) break;
      const tried = new Map(attempts).set(name, alternative);
      const outcome = await attempt(tried, before.exceptions[0]?.message ?? null);
      if (!isBetter(outcome, best)) continue;
      best = outcome;
      attempts = tried;
      break;
    }
    if (best === before) break;
  }
  return { ...best, runs };
}

/** The same fragment with other values for all names: does it end with the same exceptions? Of `times` runs, in how many each did. */
export async function recurrences(
  options: FragmentLoopOptions,
  outcome: FragmentOutcome,
  times: number,
): Promise<readonly number[]> {
  const counts = outcome.exceptions.map(() => 1);
  if (outcome.values.size === 0) return counts.map(() => times);
  for (let k = 1; k < times; k++) {
    const values = await predictAll(options, outcome.completion, () => k, null);
    const program = outcome.completion.program(texts(values));
    const again = located(await options.run(program), program.offset, options.fragment);
    for (const [i, { line, name }] of outcome.exceptions.entries())
      if (again.some((other) => other.line === line && other.name === name)) counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
}

/** Names that have to do with a line. */
export function involved({ completion }: FragmentOutcome, line: number | null): readonly string[] {
  return completion.missing.filter(({ lines }) => line !== null && lines.includes(line)).map(({ name }) => name);
}

async function runOnce(
  options: FragmentLoopOptions,
  completion: Completion,
  attempts: ReadonlyMap<string, number>,
  error: string | null,
  runs: number,
): Promise<{ readonly outcome: FragmentOutcome; readonly run: FragmentRun; readonly offset: number }> {
  const { fragment } = options;
  const values = await predictAll(options, completion, (name) => attempts.get(name) ?? 0, error);
  const program = completion.program(texts(values));
  const run = await options.run(program);
  const inFile = (lines: readonly number[]): readonly number[] =>
    lines.map((line) => line - program.offset).filter((line) => line >= fragment.from && line <= fragment.to);
  const known = new Set(program.lines);
  const outcome: FragmentOutcome = {
    completion,
    values,
    lines: program.lines,
    executed: inFile(run.hits).filter((line) => known.has(line)),
    trace: inFile(run.trace),
    exceptions: located(run, program.offset, fragment),
    timedOut: run.timedOut,
    stdout: run.stdout,
    runs,
  };
  return { outcome, run, offset: program.offset };
}

async function predictAll(
  { predictor, language }: FragmentLoopOptions,
  { missing }: Completion,
  attemptOf: (name: string) => number,
  error: string | null,
): Promise<ReadonlyMap<string, PredictedValue>> {
  const values = new Map<string, PredictedValue>();
  for (const each of missing) {
    const request = { missing: each, writer: language.writer, attempt: attemptOf(each.name), error };
    values.set(each.name, await predictor.predict(request));
  }
  return values;
}

function texts(values: ReadonlyMap<string, PredictedValue>): ReadonlyMap<string, string> {
  return new Map([...values].map(([name, { expression }]) => [name, expression]));
}

function located(run: FragmentRun, offset: number, { from, to }: Fragment): readonly LocatedError[] {
  return run.errors.map(({ name, message, lines }) => {
    const line = lines.map((each) => each - offset).find((each) => each >= from && each <= to) ?? null;
    return { name, message, line };
  });
}

/** More lines; of equally many, fewer exceptions. */
function isBetter(a: FragmentOutcome, b: FragmentOutcome): boolean {
  const difference = a.executed.length - b.executed.length;
  return difference > 0 || (difference === 0 && a.exceptions.length < b.exceptions.length && !a.timedOut);
}

function isUnfinished({ exceptions, executed, lines, timedOut }: FragmentOutcome): boolean {
  return timedOut || exceptions.length > 0 || executed.length < lines.length;
}

/** Lines at which other values may lead elsewhere: those of exceptions, then those after which lines were left out. */
function turns({ exceptions, executed, lines }: FragmentOutcome): readonly number[] {
  const done = new Set(executed);
  const ends = exceptions.flatMap(({ line }) => line ?? []);
  const gaps = lines.filter(
    (line, i) => done.has(line) && lines[i + 1] !== undefined && !done.has(lines[i + 1] as number),
  );
  return [...new Set([...ends, ...gaps])];
}

/** Names that have to do with these lines, each with its next values. */
function* alternatives(
  outcome: FragmentOutcome,
  attempts: ReadonlyMap<string, number>,
): Generator<readonly [name: string, attempt: number]> {
  const names = new Set(turns(outcome).flatMap((line) => involved(outcome, line)));
  for (let step = 1; step <= ALTERNATIVES; step++)
    for (const name of names) yield [name, (attempts.get(name) ?? 0) + step];
}

/** What an end says about the surroundings; null when it says nothing new. */
function learn(
  known: Surroundings,
  run: FragmentRun,
  { completion, exceptions }: FragmentOutcome,
  fragment: Fragment,
  offset: number,
): Surroundings | null {
  for (const error of run.errors) {
    const module = missingModule(error, fragment);
    if (module !== null && !known.missingModules.has(module))
      return { ...known, missingModules: new Set([...known.missingModules, module]) };
    const name = missingName(error);
    if (name !== null && !known.missingNames.has(name) && !completion.missing.some((each) => each.name === name))
      return { ...known, missingNames: new Set([...known.missingNames, name]) };
  }
  // Something around the fragment fails before it begins.
  const begun = run.hits.some((line) => line - offset >= fragment.from && line - offset <= fragment.to);
  if (known.useDefinitions && completion.defined.length > 0 && !begun && exceptions.length > 0)
    return { ...known, useDefinitions: false };
  return null;
}

function missingModule({ name, message, code }: FragmentError, fragment: Fragment): string | null {
  if (name === "ModuleNotFoundError" || name === "ImportError") return code;
  const named = /Cannot find (?:package|module) '([^']+)'|The requested module '([^']+)' does not provide/.exec(
    message,
  );
  const found = named?.[1] ?? named?.[2];
  if (found === undefined) return null;
  if (!found.startsWith("/")) return found;
  // Node names the file; what is wanted is the text of the import that leads there.
  const specifiers = [...fragment.text.matchAll(/["'](\.{1,2}\/[^"']*)["']/g)].map((match) => match[1] as string);
  return specifiers.find((each) => found.endsWith(join("/", resolve("/", dirname(fragment.path), each)))) ?? null;
}

function missingName({ name, message, code }: FragmentError): string | null {
  if (name === "NameError" || name === "UnboundLocalError")
    return code ?? /variable '(\w+)'/.exec(message)?.[1] ?? null;
  return name === "ReferenceError" ? (/^(\S+) is not defined$/.exec(message)?.[1] ?? null) : null;
}
