import { randomUUID } from "node:crypto";
import type { ChangedFiles } from "@pawl/core";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { type FunctionLanguage, languageOf } from "./function-process.ts";
import { HARNESS } from "./harness.ts";
import type { Command } from "./process.ts";
import type { BoxProcess, Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { readFailure, type Failure, type WireValue } from "./wire.ts";

/** The function that is measured, and where. */
export interface MeasuredFunction {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  /** Relative to the project root. */
  readonly module: string;
  /** The exported function. */
  readonly call: string;
}

export type Arguments = readonly WireValue[];

/** What one call did, in exact texts. Data from the candidate: to be compared, never trusted. */
export interface ExactOutcome {
  readonly value?: string;
  /** Name of the error it threw. */
  readonly error?: string;
  readonly message?: string;
  /** The arguments afterwards. */
  readonly args?: string;
  /** Which of the objects in arguments and result are the same. */
  readonly shape?: string;
  /** Too large to be told. */
  readonly unknown?: true;
}

/** CPU milliseconds of some calls, and a hash of what they gave. */
export interface Timed {
  readonly cpuMs: number;
  readonly digest: string;
}

/** The process ended, hung or lied: there is no measurement. */
export class NoMeasurement extends Error {
  readonly status: "error" | "timeout" | "tampered";

  constructor(status: NoMeasurement["status"], message: string) {
    super(message);
    this.status = status;
  }
}

const HEAP_MB = 768;

function commandOf(language: FunctionLanguage): Command {
  if (language === "python")
    return { argv: ["python3", "-S", `${HARNESS}/speed-python.py`], env: { PYTHONHASHSEED: "0" } };
  // One thread: the compiler's and the collector's work is then done when the answer arrives, not at some time after it.
  const flags = ["--single-threaded", "--no-warnings", `--max-old-space-size=${HEAP_MB}`];
  return { argv: ["node", ...flags, `${HARNESS}/speed-node.mjs`] };
}

/** A fresh process in a box of its own that calls one function, for comparing and for measuring. */
export class MeasuredProcess {
  readonly #box: BoxProcess;
  readonly #messages: AsyncIterator<string>;
  readonly #nonce: string;
  readonly #signal: AbortSignal;
  readonly #stop = (): void => void this.#box.kill();
  #killedFromOutside = false;

  private constructor(box: BoxProcess, nonce: string, signal: AbortSignal) {
    this.#box = box;
    this.#messages = box.messages[Symbol.asyncIterator]();
    this.#nonce = nonce;
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop);
  }

  /**
   * Starts a process, does the work with it, and ends it. Once more from the start where somebody killed the box from outside, which no function
   * in it can: that says nothing about the function.
   */
  static async use<T>(
    measured: MeasuredFunction,
    files: ChangedFiles,
    signal: AbortSignal,
    work: (process: MeasuredProcess) => Promise<T>,
  ): Promise<T> {
    for (let tries = 0; ; tries++) {
      const process = await MeasuredProcess.#start(measured, files, signal);
      try {
        return await work(process);
      } catch (error) {
        if (tries > 0 || !process.#killedFromOutside) throw error;
      } finally {
        await process.#close();
      }
    }
  }

  static async #start(measured: MeasuredFunction, files: ChangedFiles, signal: AbortSignal): Promise<MeasuredProcess> {
    signal.throwIfAborted();
    const { sandbox, snapshot, module, call } = measured;
    const limits = { ...DEFAULT_LIMITS, cpuSeconds: 3600, processes: 64, fileBytes: 16 * 1024 ** 2, wallMs: Infinity };
    const box = await sandbox.start({ snapshot, files, readOnly: [HARNESS] }, commandOf(languageOf(module)), limits);
    const nonce = randomUUID(); // decides nothing: tells the harness's messages from others
    box.send(JSON.stringify({ root: snapshot.root, nonce, module, call }));
    return new MeasuredProcess(box, nonce, signal);
  }

  /** Makes each call once, and every `again`-th a second time (0: none). */
  async calls(calls: readonly Arguments[], again: number, timeoutMs: number): Promise<readonly ExactOutcome[]> {
    const { outcomes } = await this.#ask({ calls, again }, timeoutMs);
    const wanted = calls.length + (again > 0 ? Math.ceil(calls.length / again) : 0);
    if (!Array.isArray(outcomes) || outcomes.length !== wanted)
      throw new NoMeasurement("tampered", "an answer that its harness does not give");
    return outcomes.map((outcome) => Object(outcome) as ExactOutcome);
  }

  /** CPU milliseconds of the whole box for calls with these arguments, read from outside; and a hash of what they gave. */
  async time(inputs: readonly Arguments[], timeoutMs: number): Promise<Timed> {
    await this.#ask({ load: inputs }, timeoutMs);
    const before = this.#box.cpuMs();
    await this.#ask({ run: true }, timeoutMs);
    const cpuMs = this.#box.cpuMs() - before;
    const { digest } = await this.#ask({ digest: true }, timeoutMs);
    return { cpuMs, digest: String(digest) };
  }

  /** Samples by 1-based line of the module. Never measure what is profiled: sampling costs time. */
  async profile(inputs: readonly Arguments[], timeoutMs: number): Promise<ReadonlyMap<number, number>> {
    await this.#ask({ load: inputs }, timeoutMs);
    const { lines } = await this.#ask({ profile: true }, timeoutMs);
    return new Map(
      Object.entries(Object(lines) as object).map(([line, samples]) => [Number(line), Number(samples) || 0]),
    );
  }

  async #close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#stop);
    await this.#box.kill();
  }

  async #ask(request: object, timeoutMs: number): Promise<Readonly<Record<string, unknown>>> {
    this.#box.send(JSON.stringify(request));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.#stop();
    }, timeoutMs);
    const line = await this.#messages.next();
    clearTimeout(timer);
    this.#signal.throwIfAborted();
    if (line.done === true) {
      if (timedOut) throw new NoMeasurement("timeout", `no answer within ${timeoutMs} ms`);
      const end = await this.#box.exited;
      // A signal to the launcher, outside the box, and not for want of memory.
      this.#killedFromOutside = end.signal !== null;
      throw new NoMeasurement("error", howItEnded(end));
    }
    const said = parsed(line.value);
    if (said["nonce"] !== this.#nonce)
      throw new NoMeasurement("tampered", "the message channel carried more than the harness wrote");
    const failed: Failure | undefined = readFailure(said["failed"]);
    if (failed !== undefined) throw new NoMeasurement("error", `${failed.throws}: ${failed.message}`);
    return said;
  }
}

/** A process that was killed, or left of its own accord, says nothing: then its code or signal is all there is to go by. */
function howItEnded({ exitCode, signal, stderr }: Awaited<BoxProcess["exited"]>): string {
  const said = stderr.trim().slice(0, 500);
  return `the process ended with ${signal ?? `exit code ${exitCode}`}: ${said === "" ? "it said nothing" : said}`;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
