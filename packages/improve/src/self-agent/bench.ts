import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { canonicalJson, MachineError, sha256, type ChangedFiles, type Verdict } from "@pawl/core";
import { javascript, Languages, suspiciousness, typescript, type Suspiciousness } from "@pawl/propose";
import {
  callFresh,
  callsOf,
  caseIds,
  FunctionLanes,
  mismatch,
  removeSnapshot,
  takeSnapshot,
  traceCalls,
  verdictOfCases,
  type CallSet,
  type FunctionCase,
  type FunctionSetting,
  type Reply,
  type Sandbox,
} from "@pawl/verify";
import type { VisibleTests, VisibleVerdict } from "./desk.ts";
import { filesHash } from "./integrity.ts";
import type { AgentTask, Program } from "./programs.ts";

const TIMEOUT_MS = 300;
/** The same where the machine was too busy to give the process its time. */
const PATIENCE_MS = 4000;
/** A candidate gets this many times the CPU time that the quickest so far took for the same calls, and a little more: endless loops are common. */
const TIMES_USUAL = 40;
const EXTRA_MS = 60;
const FRESH_TIMEOUT_MS = 8000;
/** Texts of this many candidates with their verdicts; what falls out is executed again. */
const MOST_REMEMBERED = 200_000;

/**
 * Judges candidates for programs: always in processes of its own, that no agent has ever been in. All programs lie in one project, so that a few warm
 * processes serve them all. Verdicts of the same texts are remembered: functions are judged by what they return.
 */
export class Bench {
  readonly #programs: ReadonlyMap<string, Program>;
  readonly #setting: FunctionSetting;
  readonly #lanes: FunctionLanes;
  readonly #home: string;
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #suspicions = new Map<string, Promise<Suspiciousness>>();
  readonly #languages = new Languages([javascript, typescript]);
  /** CPU milliseconds of the quickest answer, by set. */
  readonly #quickest = new Map<string, number>();

  private constructor(programs: readonly Program[], setting: FunctionSetting, lanes: FunctionLanes, home: string) {
    this.#programs = new Map(programs.map((program) => [program.id, program]));
    this.#setting = setting;
    this.#lanes = lanes;
    this.#home = home;
  }

  static async open(sandbox: Sandbox, programs: readonly Program[], lanes = 2): Promise<Bench> {
    const home = await mkdtemp(join(tmpdir(), "pawl-bench-"));
    const root = join(home, "programs");
    await mkdir(root);
    const sets: Record<string, CallSet> = {};
    for (const { id, module, files, visible, hidden } of programs) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, id, path)), { recursive: true });
        await writeFile(join(root, id, path), text);
      }
      sets[`${id}:visible`] = callsOf(`${id}/${module}`, visible);
      sets[`${id}:all`] = callsOf(`${id}/${module}`, [...visible, ...hidden]);
    }
    const setting: FunctionSetting = { sandbox, snapshot: await takeSnapshot(root), language: "javascript", sets };
    return new Bench(programs, setting, new FunctionLanes(setting, lanes, PATIENCE_MS), home);
  }

  /** Fixed by the cases, and by the programs as they lie where they are run: to be compared before and after work of an agent's. */
  digest(): string {
    return sha256(`${canonicalJson([...this.#programs.values()])}\n${filesHash([this.#setting.snapshot.base])}`);
  }

  /** What a candidate's visible cases say. */
  async visible(program: string, files: ChangedFiles, signal: AbortSignal): Promise<VisibleVerdict> {
    const { status, scores, failing } = await this.#judge(program, "visible", files, signal);
    const score = scores["passed"]?.[0] ?? 0;
    const word = status === "passed" || status === "failed" ? status : "error";
    return { status: word, score, failing: failing ?? [] };
  }

  /** Whether a candidate passes every case, hidden ones too: screened in a warm process, and where it passes confirmed in a fresh one if asked to. */
  async solves(program: string, files: ChangedFiles, signal: AbortSignal, confirm = false): Promise<boolean> {
    const { status } = await this.#judge(program, "all", files, signal);
    if (status !== "passed" || !confirm) return status === "passed";
    const set = `${program}:all`;
    const reply = await callFresh(this.#setting, set, located(program, files), FRESH_TIMEOUT_MS, signal);
    return !reply.forged && this.#verdict(program, "all", reply).status === "passed";
  }

  /** What the functions of a program give for calls, whatever they should: for making cases. */
  async outcomes(program: string, files: ChangedFiles, signal: AbortSignal): Promise<Reply> {
    const reply = await this.#lanes.judge(`${program}:all`, located(program, files), PATIENCE_MS, signal);
    if (reply === null)
      throw new MachineError({
        what: "a program of the benchmark could not be run",
        where: program,
        todo: "Run `pawl doctor`.",
      });
    return reply;
  }

  /** The tests behind an agent's desk. */
  testsOf(task: AgentTask, signal: AbortSignal): VisibleTests {
    return {
      files: task.files,
      judge: (batch) =>
        Promise.all(batch.map((files) => this.visible(task.program, { ...task.files, ...files }, signal))),
      suspects: () => this.#suspects(task, signal),
    };
  }

  async close(): Promise<void> {
    await this.#lanes.close();
    await removeSnapshot(this.#setting.snapshot);
    await rm(this.#home, { recursive: true, force: true });
  }

  async #judge(id: string, cases: "visible" | "all", files: ChangedFiles, signal: AbortSignal): Promise<Verdict> {
    signal.throwIfAborted();
    const key = sha256(canonicalJson([id, cases, files]));
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = this.#execute(id, cases, files, signal);
    if (this.#verdicts.size >= MOST_REMEMBERED) this.#verdicts.clear();
    this.#verdicts.set(key, verdict);
    verdict.catch(() => this.#verdicts.delete(key));
    return verdict;
  }

  async #execute(id: string, cases: "visible" | "all", files: ChangedFiles, signal: AbortSignal): Promise<Verdict> {
    const set = `${id}:${cases}`;
    const placed = located(id, files);
    const reply =
      (await this.#lanes.judge(set, placed, this.#limit(set), signal)) ??
      (await callFresh(this.#setting, set, placed, FRESH_TIMEOUT_MS, signal));
    if (reply.ended === null) this.#quickest.set(set, Math.min(reply.cpuMs, this.#quickest.get(set) ?? Infinity));
    return this.#verdict(id, cases, reply);
  }

  #limit(set: string): number {
    const quickest = this.#quickest.get(set);
    return quickest === undefined ? TIMEOUT_MS : Math.min(TIMEOUT_MS, EXTRA_MS + TIMES_USUAL * quickest);
  }

  #verdict(id: string, cases: "visible" | "all", reply: Reply): Verdict {
    const list = this.#casesOf(id, cases);
    const cost = { wallMs: reply.wallMs, cpuMs: reply.cpuMs };
    return verdictOfCases(list, caseIds(list), reply, this.#setting.snapshot.root, cost);
  }

  #casesOf(id: string, cases: "visible" | "all"): readonly FunctionCase[] {
    const { visible, hidden } = this.#programs.get(id) as Program;
    return cases === "visible" ? visible : [...visible, ...hidden];
  }

  /** By the visible cases alone. */
  #suspects(task: AgentTask, signal: AbortSignal): Promise<Suspiciousness> {
    const known = this.#suspicions.get(task.id);
    if (known !== undefined) return known;
    const found = this.#trace(task, signal);
    this.#suspicions.set(task.id, found);
    found.catch(() => this.#suspicions.delete(task.id));
    return found;
  }

  async #trace({ program, files }: AgentTask, signal: AbortSignal): Promise<Suspiciousness> {
    const cases = this.#casesOf(program, "visible");
    const ids = caseIds(cases);
    const placed = located(program, files);
    const { root } = this.#setting.snapshot;
    const replies = await traceCalls(
      this.#setting,
      `${program}:visible`,
      placed,
      Object.keys(placed),
      PATIENCE_MS,
      signal,
    );
    const own = (path: string): string => path.slice(root.length + program.length + 2);
    const traces = replies.map((reply, i) => {
      const wrong = mismatch(cases[i] as FunctionCase, reply.outcomes[0], ids[i] as string, root);
      const hits = Object.fromEntries(Object.entries(reply.hits ?? {}).map(([path, lines]) => [own(path), lines]));
      return { passed: reply.ended === null && wrong === null, hits, wrong };
    });
    const failed = traces.flatMap(({ passed, wrong }) => (passed || wrong === null ? [] : [wrong]));
    const stacks = failed.map(({ path, line }) =>
      path === undefined || line === undefined ? [] : [{ path: path.slice(program.length + 1), line }],
    );
    const words = failed.flatMap(({ name, message }) => [name ?? "", message]);
    return suspiciousness(files, { traces, stacks, words }, (path) => this.#languages.of(path));
  }
}

/** Paths of a program's files in the project of all programs. */
function located(program: string, files: ChangedFiles): ChangedFiles {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${program}/${path}`, text]));
}
