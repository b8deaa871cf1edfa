import { randomUUID } from "node:crypto";
import type { BoxProcess, Sandbox, BoxContents } from "../sandbox.ts";
import type { Command } from "../process.ts";
import { HARNESS, suiteLimits } from "./clean-run.ts";
import { toReport, type ReportRecord } from "./report-file.ts";
import type { RunRequest, SuiteContext, TestId, TestReport, WarmSuite } from "./types.ts";

/** The modules and leaks of candidates add up in the memory of a process that they share. */
const RECYCLE_AFTER = 300;
/** For the process to say that it is ready. */
const START_TIMEOUT_MS = 30_000;
/** What the engine grants on top of the request's own limit before it kills the process; the harness may end the request itself first. */
const GRACE_MS = 250;
/** Limit of a box as a whole; each request has its own. */
const LANE_LIFE_MS = 24 * 3600 * 1000;

/** Lines a warm harness sends: first whether it is ready, then for each request its records, a `done` record last. */
interface Message {
  readonly ready?: boolean;
  readonly reason?: string;
  /** The harness ended the request at its deadline, and lives on. */
  readonly timedOut?: boolean;
  /** The tests ended the process they ran in, and the harness lives on. */
  readonly crashed?: boolean;
  /** With `done`: the candidate changed what the next one would meet in the same process. */
  readonly marked?: boolean;
  /** With `done`: that of the request. Without it a candidate spoke, and what follows cannot be told from answers to later requests. */
  readonly nonce?: string;
  /** Id of the test of a `test` record; the harness numbers repeated names, since the order of a partial report does not tell. */
  readonly id?: string;
  readonly record?: ReportRecord;
}

interface Process {
  readonly box: BoxProcess;
  readonly lines: AsyncIterator<string>;
}

/** How a runner's warm process is started and asked. */
export interface WarmHarness {
  readonly name: string;
  readonly command: Command;
  /** The request in the harness's own words; one line of JSON. */
  encode(request: RunRequest): Record<string, unknown>;
  /** Requests that pass through one process before it is replaced; default 300. */
  readonly recycleAfter?: number;
  /**
   * Tests of the unchanged project that a new process runs before it is trusted with a candidate. Loading a suite leaves marks of its own in
   * the process; without this, those of the first candidate would be taken for them.
   */
  readonly warmUp?: readonly TestId[];
}

/** Enough tests to load what most of the suite needs; none that did not end by itself. */
const WARM_UP = 20;

/** Of the baseline's tests, some for a warm-up. */
export function warmUpTests(baseline: TestReport): readonly TestId[] {
  const ending = baseline.tests.filter(
    ({ status, message }) => status !== "skipped" && !/timed out/i.test(message ?? ""),
  );
  return ending.slice(0, WARM_UP).map(({ id }) => id);
}

/** Null for what no harness says: whatever a candidate wrote to the channel. */
function readMessage(line: string): Message | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" ? (value as Message | null) : null;
  } catch {
    return null;
  }
}

/** One warm process in one box, and a spare that is started ahead, for when the first hangs or crashes. */
export class WarmLane implements WarmSuite {
  readonly #sandbox: Sandbox;
  readonly #contents: BoxContents;
  readonly #root: string;
  readonly #harness: WarmHarness;
  #current: Process | null;
  #spare: Promise<Process> | null = null;
  #served = 0;
  #closed = false;

  private constructor(context: SuiteContext, harness: WarmHarness, first: Process | null) {
    this.#sandbox = context.sandbox;
    this.#contents = contentsOf(context);
    this.#root = context.snapshot.root;
    this.#harness = harness;
    this.#current = first;
    this.#prepareSpare();
  }

  /** Starts the first process; a reason when the harness cannot serve this project. */
  static async start(context: SuiteContext, harness: WarmHarness): Promise<WarmLane | { readonly reason: string }> {
    try {
      return new WarmLane(context, harness, await startProcess(context.sandbox, contentsOf(context), harness));
    } catch (error) {
      return { reason: `the warm ${harness.name} process did not start: ${(error as Error).message}` };
    }
  }

  async run(request: RunRequest, signal?: AbortSignal): Promise<TestReport> {
    const { report, died } = await this.#once(request, signal);
    // Memory that an earlier candidate used up may have ended the process: only one that served nobody else tells.
    return died === "shared" ? (await this.#once(request, signal)).report : report;
  }

  /** `died`: the process ended in the middle, and whether it had served others before. */
  async #once(
    request: RunRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly report: TestReport; readonly died: "shared" | "alone" | null }> {
    signal?.throwIfAborted();
    const started = performance.now();
    const process = await this.#take();
    const wasUsed = this.#served > 0;
    const cpuBefore = process.box.cpuMs();
    const nonce = randomUUID(); // decides nothing: tells the harness's words from others
    const records: ReportRecord[] = [];
    const ids: string[] = [];
    let complete = false;
    let timedOut = false;
    let crashed = false;
    let marked = false;
    let heard = performance.now();
    let silenceMs = 0;
    const watchdog = new Watchdog(request.timeoutMs + GRACE_MS, (request.silenceMs ?? Infinity) + GRACE_MS, signal);
    try {
      process.box.send(JSON.stringify({ ...this.#harness.encode(request), nonce }));
      while (!complete) {
        const next = await Promise.race([process.lines.next(), watchdog.expired]);
        if (next === "expired" || next.done === true) {
          timedOut = next === "expired";
          break;
        }
        watchdog.heard();
        silenceMs = Math.max(silenceMs, performance.now() - heard);
        heard = performance.now();
        const message = readMessage(next.value);
        if (message === null) break;
        if (message.timedOut === true) timedOut = true;
        if (message.crashed === true) crashed = true;
        if (message.marked === true) marked = true;
        if (message.record?.kind === "done" && message.nonce !== nonce) break;
        if (message.record?.kind === "done") complete = true;
        else if (message.record !== undefined) records.push(message.record);
        if (message.record?.kind === "test") ids.push(message.id as string);
      }
    } catch (error) {
      await this.#replace();
      throw error;
    } finally {
      watchdog.clear();
    }
    const cpuMs = process.box.cpuMs() - cpuBefore;
    const ranOut = process.box.ranOut();
    // A harness that ended an overdue request itself goes on; one that is silent is replaced.
    const isOld = ++this.#served >= (this.#harness.recycleAfter ?? RECYCLE_AFTER);
    if (!complete || marked || isOld || ranOut) await this.#replace();
    signal?.throwIfAborted();
    const parsed = toReport([{ kind: "start" }, ...records], this.#root);
    const tests = parsed.tests.map((test, index) => ({ ...test, id: ids[index] ?? test.id }));
    const message = ranOut ? "the sandbox ran out of memory" : "the test process ended early";
    const errors = (complete && !ranOut) || timedOut ? parsed.errors : [...parsed.errors, { message }];
    const report = {
      tests,
      errors,
      timedOut,
      complete: complete && !timedOut && !crashed && !ranOut,
      silenceMs,
      wallMs: performance.now() - started,
      cpuMs,
    };
    const died = ranOut || !(complete || timedOut);
    return { report, died: !died ? null : wasUsed ? "shared" : "alone" };
  }

  async close(): Promise<void> {
    this.#closed = true;
    const spare = await this.#spare?.catch(() => null);
    await Promise.all([this.#current?.box.kill(), spare?.box.kill()]);
    this.#current = null;
    this.#spare = null;
  }

  async #take(): Promise<Process> {
    if (this.#closed) throw new Error("the lane is closed");
    if (this.#current === null) {
      const spare = this.#spare ?? this.#startSpare();
      this.#spare = null;
      this.#current = await spare;
      this.#prepareSpare();
    }
    return this.#current;
  }

  async #replace(): Promise<void> {
    const old = this.#current;
    this.#current = null;
    this.#served = 0;
    await old?.box.kill();
  }

  #startSpare(): Promise<Process> {
    return startProcess(this.#sandbox, this.#contents, this.#harness);
  }

  #prepareSpare(): void {
    this.#spare = this.#startSpare();
    // A spare that fails to start is told to whoever takes it.
    this.#spare.catch(() => {});
  }
}

function contentsOf(context: SuiteContext): BoxContents {
  return { snapshot: context.snapshot, files: {}, readOnly: [HARNESS] };
}

async function startProcess(sandbox: Sandbox, contents: BoxContents, harness: WarmHarness): Promise<Process> {
  const box = await sandbox.start(contents, harness.command, suiteLimits(LANE_LIFE_MS));
  const lines = box.messages[Symbol.asyncIterator]();
  const watchdog = new Watchdog(START_TIMEOUT_MS);
  try {
    const first = await Promise.race([lines.next(), watchdog.expired]);
    if (first === "expired") throw new Error(`not ready after ${START_TIMEOUT_MS / 1000} s`);
    if (first.done === true)
      throw new Error((await box.exited).stderr.trim().split("\n").slice(-5).join("\n") || "it ended at once");
    const message = JSON.parse(first.value) as Message;
    if (message.ready !== true) throw new Error(message.reason ?? "it refused");
    const { warmUp = [] } = harness;
    if (warmUp.length > 0) {
      box.send(JSON.stringify(harness.encode({ files: {}, tests: warmUp, timeoutMs: START_TIMEOUT_MS })));
      for (let isDone = false; !isDone;) {
        const next = await Promise.race([lines.next(), watchdog.expired]);
        if (next === "expired" || next.done === true) throw new Error("the tests of the unchanged project do not end");
        isDone = (JSON.parse(next.value) as Message).record?.kind === "done";
      }
    }
    return { box, lines };
  } catch (error) {
    await box.kill();
    throw error;
  } finally {
    watchdog.clear();
  }
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Says "expired" when the whole takes too long, when nothing is heard for too long, or when the signal aborts. */
class Watchdog {
  readonly expired: Promise<"expired">;
  readonly #expire: () => void;
  readonly #silenceMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #whole: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;

  constructor(wholeMs: number, silenceMs = Infinity, signal?: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<"expired">();
    this.expired = promise;
    this.#expire = () => resolve("expired");
    this.#silenceMs = Math.min(silenceMs, LONGEST_TIMER_MS);
    this.#signal = signal;
    this.#whole = setTimeout(this.#expire, Math.min(wholeMs, LONGEST_TIMER_MS));
    this.#silence = setTimeout(this.#expire, this.#silenceMs);
    signal?.addEventListener("abort", this.#expire, { once: true });
  }

  heard(): void {
    this.#silence.refresh();
  }

  clear(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
    this.#signal?.removeEventListener("abort", this.#expire);
  }
}
