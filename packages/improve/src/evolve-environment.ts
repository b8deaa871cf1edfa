import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { Target, UsageError, type Submission, type Verdict } from "@pawl/core";
import { blocksOf, Languages } from "@pawl/propose";
import {
  openSandbox,
  SCORE,
  removeSnapshot,
  ScoreCheck,
  scoreOf,
  shellCommand,
  takeSnapshot,
  type Isolation,
  type Objective,
  type ProjectSnapshot,
  type Sandbox,
} from "@pawl/verify";
import { gitState } from "./git-state.ts";
import { parseObjectives } from "./objectives.ts";
import type { EvolveOptions } from "./options.ts";
import { pathInProject } from "./project-path.ts";
import type { ProjectRecord } from "./record.ts";
import type { LiveProject } from "./run-frame.ts";
import { sourceText } from "./source-text.ts";

/** Everything an `evolve` run reads from the outside world before it searches; recorded once. */
export interface EvolvePlan extends ProjectRecord {
  readonly isolation: Isolation;
  /** The number that counts, or the first of several. */
  readonly objective: string;
  /** Fresh scores of the start, one by one: whether they repeat says whether the score is noisy. */
  readonly baseScores: readonly number[];
  /** Further objectives, with scores of the start. */
  readonly others: readonly (Objective & { readonly baseScores: readonly number[] })[];
  readonly window: number;
  /** Wall milliseconds a candidate's score may take. */
  readonly timeoutMs: number;
}

/** The start may take as long; candidates 20 times as long as the start, which leaves room for a busy machine, but at least 10 s. */
const LONGEST_TIMEOUT_MS = 60_000;
const SHORTEST_TIMEOUT_MS = 10_000;
const TIMES_THE_START = 20;
const BASE_RUNS = 3;

/** The live side of an `evolve` run: the snapshot, the sandbox, the score. */
export class EvolveEnvironment implements LiveProject {
  readonly snapshot: ProjectSnapshot;
  readonly languages: Languages;
  check: ScoreCheck;
  readonly #score: (timeoutMs: number) => ScoreCheck;
  readonly #heldOut: ScoreCheck | null;
  readonly sandbox: Sandbox;
  readonly #options: EvolveOptions;

  private constructor(options: EvolveOptions, sandbox: Sandbox, snapshot: ProjectSnapshot, languages: Languages) {
    const timeoutMs = options.scoreTimeout === undefined ? LONGEST_TIMEOUT_MS : options.scoreTimeout * 1000;
    this.#options = options;
    this.sandbox = sandbox;
    this.snapshot = snapshot;
    this.languages = languages;
    this.#score = (limit) => new ScoreCheck({ sandbox, snapshot, score: scoreSource(options.score), timeoutMs: limit });
    this.check = this.#score(timeoutMs);
    this.#heldOut =
      options.heldOutScore === undefined
        ? null
        : new ScoreCheck({ sandbox, snapshot, score: scoreSource(options.heldOutScore), timeoutMs });
  }

  static async open(options: EvolveOptions): Promise<EvolveEnvironment> {
    for (const file of options.files) {
      if (!existsSync(resolve(options.root, file)))
        throw new UsageError({ what: "there is no such file", where: file, todo: "Name existing files to evolve." });
    }
    const sandbox = await openSandbox({
      ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
      unsafe: options.unsafe ?? false,
    });
    const snapshot = await takeSnapshot(options.root, options);
    try {
      return new EvolveEnvironment(options, sandbox, snapshot, await Languages.load());
    } catch (error) {
      await removeSnapshot(snapshot);
      throw error;
    }
  }

  /** From here on candidates are judged under the limit of the plan, which is on record. */
  async limit({ timeoutMs }: EvolvePlan): Promise<void> {
    await this.check.close();
    this.check = this.#score(timeoutMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.check.close();
    await this.#heldOut?.close();
    await removeSnapshot(this.snapshot);
  }

  /** Reads the files and measures the base. A score command that does not work is the user's to repair. */
  async plan(signal: AbortSignal): Promise<EvolvePlan> {
    const sources = Object.fromEntries(this.#options.files.map((file) => this.#read(file)));
    if (this.#options.blocks === true) blocksOf(sources); // markers that are not in order are said before anything is measured
    const target = new Target(sources, this.snapshot.hash);
    const base = { candidate: target.base, files: {} };
    const verdict = await this.check.screen(base, signal);
    if (verdict.status !== "passed") {
      throw new UsageError({
        what: verdict.feedback[0]?.message ?? `the score command gives no score (${verdict.status})`,
        where: `--score "${this.#options.score}"`,
        todo: "Make the command print a number, or a JSON object of numbers, as its last line.",
      });
    }
    const all = objectivesOf(verdict, this.#options).map((each) => ({
      ...each,
      baseScores: [verdict.scores[each.objective]?.[0] as number],
    }));
    let slowest = verdict.cost.wallMs;
    for (let run = 1; run < BASE_RUNS; run++) {
      const again = await this.check.confirm(base, signal);
      slowest = Math.max(slowest, again.cost.wallMs);
      for (const each of all) {
        const score = scoreOf(again, each.objective);
        if (score === null)
          throw new UsageError({
            what: "the score command gave a score the first time, and none the second",
            where: `--score "${this.#options.score}"`,
            todo: "Make it work every time: each run starts in a fresh copy of the project.",
          });
        each.baseScores.push(score);
      }
    }
    const [main, ...others] = all as [(typeof all)[number], ...typeof all];
    return {
      root: this.snapshot.root,
      tree: this.snapshot.hash,
      git: gitState(this.snapshot.root),
      sources,
      isolation: this.sandbox.isolation,
      objective: main.objective,
      baseScores: main.baseScores,
      others,
      window: Math.max(2, this.#options.jobs ?? cpus().length),
      timeoutMs: timeoutFor(slowest, this.#options.scoreTimeout),
    };
  }

  /** Score on the held-out instances; null when there is no such command or no score. */
  async heldOutScore(submission: Submission, objective: string, signal: AbortSignal): Promise<number | null> {
    if (this.#heldOut === null) return null;
    const verdict = await this.#heldOut.confirm(submission, signal);
    return verdict.scores[objective]?.[0] ?? verdict.scores[SCORE]?.[0] ?? null;
  }

  #read(file: string): [path: string, text: string] {
    const path = pathInProject(this.snapshot, this.#options.root, file);
    if (!this.snapshot.files.includes(path))
      throw new UsageError({
        what: "the file is ignored by git or lies outside of the project",
        where: file,
        todo: "Name files of the project that git does not ignore.",
      });
    const text = sourceText(this.snapshot.base, path);
    const error = this.languages.of(path)?.syntaxError(text, path) ?? null;
    if (error !== null)
      throw new UsageError({
        what: `syntax error: ${error.message}`,
        where: `${path}:${error.line}`,
        todo: "Repair it by hand first.",
      });
    return [path, text];
  }
}

function timeoutFor(startMs: number, givenSeconds: number | undefined): number {
  if (givenSeconds !== undefined) return givenSeconds * 1000;
  return Math.round(Math.min(LONGEST_TIMEOUT_MS, Math.max(SHORTEST_TIMEOUT_MS, TIMES_THE_START * startMs)));
}

/** `score.js#score` names an exported function; anything else is a shell command. */
function scoreSource(text: string): ConstructorParameters<typeof ScoreCheck>[0]["score"] {
  const reference = /^([\w./-]+\.[cm]?[jt]s)#(\w+)$/.exec(text.trim());
  return reference === null ? shellCommand(text) : { module: reference[1] as string, export: reference[2] as string };
}

/** What counts: what the user named, else the number `score`, else the first. */
function objectivesOf(
  verdict: Verdict,
  { objective, minimize = false, minGain = 0 }: EvolveOptions,
): readonly Objective[] {
  const names = Object.keys(verdict.scores);
  const wanted = objective ?? (names.includes(SCORE) ? SCORE : (names[0] as string));
  const objectives = parseObjectives(wanted, { minimize, minGain });
  const unknown = objectives.find((each) => !names.includes(each.objective));
  if (unknown !== undefined)
    throw new UsageError({
      what: `the score has no number '${unknown.objective}'`,
      where: "--objective",
      todo: `Choose from: ${names.join(", ")}.`,
    });
  return objectives;
}

/** The verdict of the start, from its recorded scores. */
export function baseVerdict({ objective, baseScores, others }: EvolvePlan): Verdict {
  return {
    status: "passed",
    scores: {
      [objective]: [...baseScores],
      ...Object.fromEntries(others.map((each) => [each.objective, [...each.baseScores]])),
    },
    feedback: [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  };
}
