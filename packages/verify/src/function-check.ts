import { relative } from "node:path";
import { type Check, type Feedback, type Submission, UsageError, type Verdict } from "@pawl/core";
import { callFresh, type FunctionSetting, languageOf } from "./function-process.ts";
import { FunctionLanes } from "./function-lanes.ts";
import { traceCalls } from "./function-trace.ts";
import type { GeneratedCall } from "./generated-calls.ts";
import { mismatch, verdictOfCases } from "./function-verdict.ts";
import type { Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { traceAllValues, type ValueTrace } from "./value-trace.ts";
import { callsOf, caseIds, type FunctionCase, type Reply, type WireValue } from "./wire.ts";

export interface FunctionCheckOptions {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  /** The calls and what they must give; or a property that must be true of every list of arguments. */
  readonly judge: CaseList | Property;
  /** Further calls, for `observe`. */
  readonly further?: readonly GeneratedCall[];
  /** Warm processes for screening; default 2. */
  readonly lanes?: number;
  /** Longest time for all calls of a candidate when it is screened; default 1000 ms. Learned to be shorter where it can. */
  readonly timeoutMs?: number;
  /** The same for a confirmation, start of the process included; default 10 times `timeoutMs`. */
  readonly confirmTimeoutMs?: number;
}

export interface CaseList {
  /** Relative to the project root. */
  readonly module: string;
  readonly cases: readonly FunctionCase[];
}

export interface Property {
  /** `path#export` of a frozen file that imports the target; the export must return true. */
  readonly property: string;
  readonly args: readonly (readonly WireValue[])[];
}

/** What one case executed, for fault localisation. */
export interface CaseTrace {
  readonly id: string;
  readonly passed: boolean;
  /** Project-relative path → 1-based lines. */
  readonly hits: Readonly<Record<string, readonly number[]>>;
  /** What was wrong, with the place of an exception; only when it did not pass. */
  readonly feedback?: Feedback;
}

const SET = "cases";
const FURTHER = "further";
/** Screening gives a candidate this many times the CPU time that the first few usually took, and a little more. */
const TIMES_USUAL = 30;
const EXTRA_MS = 50;
const CANDIDATES_TO_LEARN_FROM = 9;

/** Judges candidates by calling their functions. Expected values never leave the engine's process. */
export class FunctionCheck implements Check {
  readonly id = "function";
  readonly deterministic = true;
  readonly #setting: FunctionSetting;
  readonly #cases: readonly FunctionCase[];
  readonly #ids: readonly string[];
  readonly #further: readonly GeneratedCall[];
  readonly #lanes: FunctionLanes;
  readonly #timeoutMs: number;
  readonly #confirmTimeoutMs: number;
  /** Milliseconds of CPU time that the first candidates took. */
  readonly #learned: number[] = [];

  constructor(options: FunctionCheckOptions) {
    const { module, cases } = asCases(options.judge);
    const language = languageOf(module);
    this.#setting = {
      sandbox: options.sandbox,
      snapshot: options.snapshot,
      language,
      sets: { [SET]: callsOf(module, cases), [FURTHER]: callsOf(module, options.further ?? []) },
    };
    this.#further = options.further ?? [];
    this.#cases = cases;
    this.#ids = caseIds(cases);
    this.#timeoutMs = options.timeoutMs ?? 1000;
    this.#confirmTimeoutMs = options.confirmTimeoutMs ?? 10 * this.#timeoutMs;
    this.#lanes = new FunctionLanes(this.#setting, options.lanes ?? 2, this.#timeoutMs);
  }

  async screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const reply = await this.#lanes.judge(SET, submission.files, this.#screenLimit(), signal);
    if (reply === null) return this.confirm(submission, signal);
    if (reply.ended === null && this.#learned.length < CANDIDATES_TO_LEARN_FROM) this.#learned.push(reply.cpuMs);
    return this.#verdict(reply);
  }

  async confirm({ files }: Submission, signal: AbortSignal): Promise<Verdict> {
    const reply = await callFresh(this.#setting, SET, files, this.#confirmTimeoutMs, signal);
    const verdict = this.#verdict(reply);
    if (!reply.forged) return verdict;
    const message = "the message channel carried more than the harness wrote";
    return { ...verdict, status: "tampered", scores: {}, failing: [], feedback: [{ kind: "error", message }] };
  }

  /** Runs every case of a candidate alone and records the lines it executes in `files` (project-relative). For fault localisation only. */
  async trace(
    { files: changed }: Pick<Submission, "files">,
    files: readonly string[],
    signal?: AbortSignal,
  ): Promise<CaseTrace[]> {
    const replies = await traceCalls(this.#setting, SET, changed, files, this.#timeoutMs, signal);
    const { root } = this.#setting.snapshot;
    return replies.map((reply, index) => {
      const id = this.#ids[index] as string;
      const wrong = mismatch(this.#cases[index] as FunctionCase, reply.outcomes[0], id, root);
      const hits = Object.entries(reply.hits ?? {}).map(([path, lines]) => [relative(root, path), lines] as const);
      const passed = reply.ended === null && reply.uncaught === undefined && wrong === null;
      const trace = { id, passed, hits: Object.fromEntries(hits) };
      return wrong === null ? trace : Object.assign(trace, { feedback: wrong });
    });
  }

  /**
   * What the variables of the module hold in each case of a candidate, line by line; null for cases that gave no answer. `instrumented`: the candidate's module
   * with steps in it, as `traceValues` wants it. For explaining only.
   */
  async traceValues(
    { files }: Pick<Submission, "files">,
    instrumented?: string,
  ): Promise<readonly (ValueTrace | null)[]> {
    const { sandbox, snapshot, sets } = this.#setting;
    const module = sets[SET]?.module as string;
    const steps = instrumented === undefined ? {} : { instrumented };
    return traceAllValues({ sandbox, snapshot, module, items: this.#cases, files, ...steps });
  }

  /** What the candidate does on the further calls, that nobody knows the right answer to: one text per call. For telling candidates apart. */
  async observe({ files }: Pick<Submission, "files">, signal: AbortSignal): Promise<readonly string[]> {
    const reply =
      (await this.#lanes.judge(FURTHER, files, this.#timeoutMs, signal)) ??
      (await callFresh(this.#setting, FURTHER, files, this.#confirmTimeoutMs, signal));
    return this.#further.map((_, index) => {
      const outcome = reply.outcomes[index];
      if (outcome === undefined) return "no answer";
      return outcome.throws === undefined ? `returns ${JSON.stringify(outcome.returns)}` : `throws ${outcome.throws}`;
    });
  }

  async close(): Promise<void> {
    await this.#lanes.close();
  }

  #verdict(reply: Reply): Verdict {
    const cost = { wallMs: reply.wallMs, cpuMs: reply.cpuMs };
    return verdictOfCases(this.#cases, this.#ids, reply, this.#setting.snapshot.root, cost);
  }

  /** Mutants that loop for ever are common, and the calls of all others take about as long as each other. */
  #screenLimit(): number {
    if (this.#learned.length < CANDIDATES_TO_LEARN_FROM) return this.#timeoutMs;
    // The lower quartile: the first of them pay for warming up.
    const usual = this.#learned.toSorted((a, b) => a - b)[CANDIDATES_TO_LEARN_FROM >> 2] as number;
    return Math.min(this.#timeoutMs, EXTRA_MS + TIMES_USUAL * usual);
  }
}

function asCases(judge: CaseList | Property): CaseList {
  const list = "cases" in judge ? judge : propertyCases(judge);
  if (list.cases.length === 0) {
    throw new UsageError({
      what: "A function check has no cases.",
      where: list.module,
      todo: "Give at least one case.",
    });
  }
  return list;
}

function propertyCases({ property, args }: Property): CaseList {
  const { path, name } = parseReference(property);
  return { module: path, cases: args.map((list) => ({ call: name, args: list, returns: true })) };
}

/** Splits `path#export`. */
export function parseReference(reference: string): { readonly path: string; readonly name: string } {
  const match = /^(.+)#([^#]+)$/.exec(reference);
  if (match === null) {
    throw new UsageError({
      what: "A function is named by its file and its export.",
      where: reference,
      todo: "Write it as path/to/file.ts#name.",
    });
  }
  return { path: match[1] as string, name: match[2] as string };
}
