import type { ChangedFiles, Check, Feedback, Submission, Verdict } from "@pawl/core";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { FunctionLanes } from "./function-lanes.ts";
import { callFresh, type FunctionSetting, languageOf } from "./function-process.ts";
import { placeOf } from "./function-verdict.ts";
import type { Command, Limits, ProcessResult } from "./process.ts";
import type { Sandbox } from "./sandbox.ts";
import { SecondOpinion } from "./separate/second-opinion.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { type Reply, showWire, type WireValue } from "./wire.ts";

export interface ScoreCheckOptions {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  /** The user's command, whose last line of output is the score; or a function of a frozen module, called without arguments. */
  readonly score: Command | ScoreFunction;
  /** Runs of a confirmation; default 1. Scores that are noisy need more. */
  readonly repeats?: number;
  /** Longest time of one run; default 60 s for a command, 10 s for a function. */
  readonly timeoutMs?: number;
  /** Other limits of a command's box. */
  readonly limits?: Partial<Limits>;
  /** Warm processes for screening with a function; default 2. */
  readonly lanes?: number;
}

export interface ScoreFunction {
  /** Relative to the project root. */
  readonly module: string;
  readonly export: string;
}

type Scores = Readonly<Record<string, number>>;

/** One run: its scores, or why there are none. */
type Run = { readonly scores: Scores; readonly cost: Verdict["cost"] } | { readonly verdict: Verdict };

/** In a warm process, or in a fresh box of some sandbox. */
interface Where {
  readonly warm?: boolean;
  readonly sandbox?: Sandbox;
}

const NOBODY: Submission["candidate"] = { id: "", changes: [], parents: [], origin: { proposer: "", summary: "" } };

/** Name of the objective when the program prints a bare number. */
export const SCORE = "score";
const SET = "score";
/** A call that goes to another process takes longer. */
const SEPARATE_FACTOR = 3;

/** Judges candidates by a number that the user's own program or function gives them. */
export class ScoreCheck implements Check {
  readonly id = "score";
  /** Scores may be noisy: time, randomness. */
  readonly deterministic = false;
  readonly #measure: (submission: Submission, signal: AbortSignal, where: Where) => Promise<Run>;
  readonly #repeats: number;
  readonly #lanes: FunctionLanes | null;
  readonly #second: SecondOpinion;

  constructor(options: ScoreCheckOptions) {
    this.#repeats = options.repeats ?? 1;
    this.#second = new SecondOpinion(options.sandbox, options.snapshot, []);
    const { score } = options;
    if ("argv" in score) {
      this.#lanes = null;
      this.#measure = (submission, signal, { sandbox = options.sandbox }) =>
        measureCommand(
          { ...options, sandbox },
          score,
          submission,
          signal,
          sandbox === options.sandbox ? 1 : SEPARATE_FACTOR,
        );
    } else {
      const timeoutMs = options.timeoutMs ?? 10_000;
      const setting: FunctionSetting = {
        sandbox: options.sandbox,
        snapshot: options.snapshot,
        language: languageOf(score.module),
        sets: { [SET]: { module: score.module, calls: [{ call: score.export, args: [] }] } },
      };
      const lanes = new FunctionLanes(setting, options.lanes ?? 2, timeoutMs);
      this.#lanes = lanes;
      this.#measure = async ({ files }, signal, { warm, sandbox = options.sandbox }) => {
        const warmReply = warm === true ? await lanes.judge(SET, files, timeoutMs, signal) : null;
        if (warmReply !== null) return readReply(warmReply, options.snapshot.root);
        const factor = sandbox === options.sandbox ? 1 : SEPARATE_FACTOR;
        const reply = await callFresh({ ...setting, sandbox }, SET, files, factor * timeoutMs, signal);
        if (!reply.forged) return readReply(reply, options.snapshot.root);
        return none("tampered", reply, { message: "the message channel carried more than the harness wrote" });
      };
    }
  }

  /** One run. */
  async screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return verdictOf([await this.#measure(submission, signal, { warm: true })]);
  }

  /**
   * `repeats` runs, each in a fresh box; ends at the first that gives no score. Where the score is the same number in every run, and so for
   * the base with its changed modules in a process of their own, it must be the same for the candidate, too (see `SecondOpinion`). Not so for
   * what Pawl's own operators made.
   */
  async confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const runs: Run[] = [];
    while (runs.length < this.#repeats) {
      const run = await this.#measure(submission, signal, {});
      runs.push(run);
      if ("verdict" in run) break;
    }
    const verdict = verdictOf(runs);
    const said = sameScores(runs);
    if (said === null || submission.candidate.origin.mechanical === true) return verdict;
    const sandbox = await this.#second.sandboxFor(submission.files, (own, base) => this.#judgesBase(own, base, signal));
    if (sandbox === null) return verdict;
    const apart = await this.#measure(submission, signal, { sandbox });
    if (sameScores([apart]) === said) return verdict;
    const message = "the score is another one when the candidate does not share its process";
    return { ...verdict, status: "tampered", scores: {}, feedback: [{ kind: "error", message }] };
  }

  async #judgesBase(sandbox: Sandbox, files: ChangedFiles, signal: AbortSignal): Promise<boolean> {
    const base = { candidate: NOBODY, files };
    const together = sameScores([await this.#measure(base, signal, {}), await this.#measure(base, signal, {})]);
    return together !== null && together === sameScores([await this.#measure(base, signal, { sandbox })]);
  }

  async close(): Promise<void> {
    await this.#lanes?.close();
  }
}

/** The scores that all runs agree on, as text; null when one has none, or they differ. */
function sameScores(runs: readonly Run[]): string | null {
  const texts = new Set(runs.map((run) => ("verdict" in run ? null : JSON.stringify(run.scores))));
  const [text = null] = texts;
  return texts.size === 1 ? text : null;
}

async function measureCommand(
  options: ScoreCheckOptions,
  command: Command,
  { files }: Submission,
  signal: AbortSignal,
  factor: number,
): Promise<Run> {
  const own = {
    ...DEFAULT_LIMITS,
    ...options.limits,
    ...(options.timeoutMs === undefined ? {} : { wallMs: options.timeoutMs }),
  };
  const limits: Limits = { ...own, wallMs: factor * own.wallMs };
  const result = await options.sandbox.run({ snapshot: options.snapshot, files }, command, limits, signal);
  const cost = { wallMs: result.wallMs, cpuMs: result.cpuMs };
  if (result.timedOut)
    return none("timeout", cost, { message: `the score program did not end within ${limits.wallMs} ms` });
  if (result.exitCode !== 0) return none("failed", cost, endOf(result, options.snapshot.root));
  const scores = parseScore(result.stdout);
  if (typeof scores === "string") return none("error", cost, { message: scores });
  return { scores, cost };
}

function readReply(reply: Reply, root: string): Run {
  const cost = { wallMs: reply.wallMs, cpuMs: reply.cpuMs };
  const outcome = reply.outcomes[0];
  const failed = reply.load ?? reply.uncaught ?? (outcome?.throws === undefined ? undefined : outcome);
  if (reply.ended === "timeout") return none("timeout", cost, { message: "the score function did not end" });
  if (failed !== undefined)
    return none(reply.ended === "load" ? "error" : "failed", cost, {
      message: `${failed.throws}: ${failed.message ?? ""}`,
      ...placeOf(failed.stack, root),
    });
  if (outcome === undefined)
    return none("error", cost, { message: "the process ended before the score function returned" });
  const scores = scoresOf(outcome.returns, `the score function returned ${showWire(outcome.returns)}`);
  return typeof scores === "string" ? none("error", cost, { message: scores }) : { scores, cost };
}

/**
 * Reads the last line that is not empty: a number, or a JSON object of numbers. Its `score`, or its first key, is the objective and
 * comes first. Gives a sentence for people when there is no finite score.
 */
export function parseScore(stdout: string): Scores | string {
  const line = stdout
    .split(/\r?\n/)
    .findLast((text) => text.trim() !== "")
    ?.trim();
  if (line === undefined)
    return "the score program printed nothing; its last line must be a number or a JSON object of numbers";
  const shown = `the last line printed was ${JSON.stringify(line.slice(0, 200))}`;
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(line)) return scoresOf(Number(line), shown);
  try {
    return scoresOf(JSON.parse(line) as WireValue, shown);
  } catch {
    return scoresOf(line, shown);
  }
}

function scoresOf(value: WireValue | undefined, shown: string): Scores | string {
  if (typeof value === "number" && Number.isFinite(value)) return { [SCORE]: value };
  const problem = `${shown}, not a finite number or a JSON object of finite numbers`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return problem;
  const entries = Object.entries(value);
  const numbers = entries.filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
  );
  if (numbers.length === 0 || numbers.length !== entries.length) return problem;
  return Object.fromEntries(numbers.toSorted(([a], [b]) => Number(b === SCORE) - Number(a === SCORE)));
}

function none(status: Verdict["status"], { wallMs, cpuMs }: Verdict["cost"], feedback: Omit<Feedback, "kind">): Run {
  const cost = { wallMs, cpuMs };
  return { verdict: { status, scores: {}, feedback: [{ kind: "error", ...feedback }], cost, evidence: [] } };
}

/** How a command failed: the end of what it wrote to its error output. */
function endOf(result: ProcessResult, root: string): Omit<Feedback, "kind"> {
  const said = result.stderr.trim().split("\n").slice(-10).join("\n").slice(-1000);
  return {
    message: `the score program ended with exit code ${result.exitCode}${said === "" ? "" : `: ${said}`}`,
    ...placeOf(result.stderr, root),
  };
}

function verdictOf(runs: readonly Run[]): Verdict {
  const cost = { wallMs: 0, cpuMs: 0 };
  const scores: Record<string, number[]> = {};
  for (const run of runs) {
    const own = "verdict" in run ? run.verdict.cost : run.cost;
    cost.wallMs += own.wallMs;
    cost.cpuMs += own.cpuMs;
    if ("verdict" in run) return { ...run.verdict, cost };
    for (const [name, value] of Object.entries(run.scores)) (scores[name] ??= []).push(value);
  }
  return { status: "passed", scores, feedback: [], cost, evidence: [] };
}
