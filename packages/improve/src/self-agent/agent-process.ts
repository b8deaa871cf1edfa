import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "@pawl/core";
import {
  DEFAULT_LIMITS,
  removeSnapshot,
  takeSnapshot,
  type BoxProcess,
  type ProjectSnapshot,
  type Sandbox,
} from "@pawl/verify";
import { isAbort } from "../aborted.ts";
import type { Desk } from "./desk.ts";
import { Planted, type Tripped } from "./planted.ts";
import { AGENT_HARNESS, readManifest, type AgentFiles, type AgentManifest } from "./workspace.ts";

/** What came of a piece of work. */
export type Work =
  | { readonly ended: "done"; readonly value: unknown }
  | { readonly ended: "failed" | "exit" | "cpu" | "wall" | "flood" | "load"; readonly why: string };

/** What one piece of work may take. The agent's own manifest may ask for less. */
export interface WorkLimits {
  readonly vcalls: number;
  readonly cpuSeconds: number;
  /** Wall clock, the time of the engine's answers included. */
  readonly wallSeconds: number;
}

/** A question of the agent's, as it arrives. */
interface Question {
  readonly ask: number;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const LOOK_MS = 50;
/** Questions of one piece of work; parsing costs no vcall, but the engine's time. */
const MOST_QUESTIONS = 5000;
const START_SECONDS = 20;

/** Where agents' processes run: an empty project, over which the agent's files are laid. */
export class AgentHouse {
  readonly sandbox: Sandbox;
  readonly #home: string;
  readonly #snapshot: ProjectSnapshot;

  private constructor(sandbox: Sandbox, home: string, snapshot: ProjectSnapshot) {
    this.sandbox = sandbox;
    this.#home = home;
    this.#snapshot = snapshot;
  }

  static async open(sandbox: Sandbox): Promise<AgentHouse> {
    const home = await mkdtemp(join(tmpdir(), "pawl-agent-"));
    const root = join(home, "workspace");
    await mkdir(root);
    return new AgentHouse(sandbox, home, await takeSnapshot(root));
  }

  /** Starts an agent. It is not trusted from here on. Throws a UsageError when its manifest asks for what it cannot have. */
  async start(files: AgentFiles, signal: AbortSignal): Promise<AgentProcess> {
    signal.throwIfAborted();
    const manifest = readManifest(files);
    const planted = await Planted.plant(this.#home);
    const { root } = this.#snapshot;
    const argv = [
      "node",
      `--max-old-space-size=${manifest.limits.memoryMb}`,
      // Inside of the box Node itself refuses what an agent has no business with: other folders, processes, workers, native code.
      "--permission",
      `--allow-fs-read=${root}`,
      `--allow-fs-read=${AGENT_HARNESS}`,
      `--allow-fs-read=${planted.folder}`,
      `--allow-fs-write=${planted.folder}`,
      "--no-warnings",
      join(AGENT_HARNESS, "agent-host.mjs"),
    ];
    const box = await this.sandbox.start(
      { snapshot: this.#snapshot, files, readOnly: [AGENT_HARNESS], writable: [planted.folder] },
      { argv },
      {
        ...DEFAULT_LIMITS,
        wallMs: Infinity,
        cpuSeconds: 3600,
        memoryBytes: (1024 + 2 * manifest.limits.memoryMb) * 1024 ** 2,
        processes: 32,
        openFiles: 64,
        fileBytes: 1024 ** 2,
      },
    );
    return AgentProcess.greet(box, manifest, planted, signal);
  }

  async close(): Promise<void> {
    await removeSnapshot(this.#snapshot);
    await rm(this.#home, { recursive: true, force: true });
  }
}

/** One agent in its box, asked one thing at a time. After anything but an answer it is gone. */
export class AgentProcess {
  readonly manifest: AgentManifest;
  readonly planted: Planted;
  readonly #box: BoxProcess;
  readonly #messages: AsyncIterator<string>;
  #count = 0;
  #dead: Work | null = null;
  #tripped: Tripped | null = null;

  private constructor(box: BoxProcess, manifest: AgentManifest, planted: Planted) {
    this.#box = box;
    this.#messages = box.messages[Symbol.asyncIterator]();
    this.manifest = manifest;
    this.planted = planted;
  }

  static async greet(
    box: BoxProcess,
    manifest: AgentManifest,
    planted: Planted,
    signal: AbortSignal,
  ): Promise<AgentProcess> {
    const agent = new AgentProcess(box, manifest, planted);
    const timer = setTimeout(() => void box.kill(), START_SECONDS * 1000);
    const first = parse((await agent.#heard(signal)).value as string | undefined);
    clearTimeout(timer);
    if (signal.aborted) {
      await agent.kill();
      throw signal.reason;
    }
    if (first["ready"] !== true)
      agent.#dead = { ended: "load", why: String(first["failed"] ?? "it did not start").slice(0, 500) };
    return agent;
  }

  /** Why it cannot be asked any more; null while it can. */
  get dead(): Work | null {
    return this.#dead;
  }

  /** The canary it has touched, if any; looked at after every piece of work. */
  async tripped(): Promise<Tripped | null> {
    return (this.#tripped ??= await this.planted.check());
  }

  /**
   * Has one piece of work done. The desk answers its questions; every one of them is counted and checked there. What the agent says in the end is
   * returned as it is: data to be judged. An abort is heard at once, whatever the agent does.
   */
  async work(
    what: "solve" | "modify",
    task: Json,
    seed: readonly number[],
    desk: Desk,
    limits: WorkLimits,
    signal: AbortSignal,
  ): Promise<Work> {
    signal.throwIfAborted();
    if (this.#dead !== null) return this.#dead;
    this.#count += 1;
    const id = this.#count;
    const { cpuSeconds } = this.manifest.limits;
    const cpuLimitMs = 1000 * Math.min(limits.cpuSeconds, cpuSeconds);
    const cpuBefore = this.#box.cpuMs();
    const started = performance.now();
    let over: "cpu" | "wall" | null = null;
    const watch = setInterval(() => {
      if (this.#box.cpuMs() - cpuBefore > cpuLimitMs) over ??= "cpu";
      else if (performance.now() - started > 1000 * limits.wallSeconds) over ??= "wall";
      if (over !== null) void this.#box.kill();
    }, LOOK_MS);
    try {
      this.#box.send(JSON.stringify({ id, do: what, task, seed, vcalls: desk.left }));
      for (let questions = 0; ;) {
        const next = await this.#heard(signal);
        signal.throwIfAborted();
        if (next.done === true) return this.#die(over ?? "exit", await this.#lastWords(over));
        this.#tripped ??= this.planted.inspect(next.value);
        const message = parse(next.value);
        if (message["id"] === id && "done" in message) return { ended: "done", value: message["done"] };
        if (message["id"] === id && "failed" in message)
          return { ended: "failed", why: String(message["failed"]).slice(0, 500) };
        if (typeof message["ask"] !== "number") continue; // noise: whoever wrote it has no answer to wait for
        questions += 1;
        if (questions > MOST_QUESTIONS) {
          await this.#box.kill();
          return this.#die("flood", `it asked more than ${MOST_QUESTIONS} questions`);
        }
        this.#box.send(JSON.stringify(await this.#answer(message as unknown as Question, desk, signal)));
      }
    } finally {
      clearInterval(watch);
    }
  }

  async kill(): Promise<void> {
    await this.#box.kill();
    await this.planted.remove();
  }

  /** The next message. An abort ends the box, and with it the messages. */
  async #heard(signal: AbortSignal): Promise<IteratorResult<string>> {
    const end = (): void => void this.#box.kill();
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    try {
      return await this.#messages.next();
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  async #answer({ ask, name, args }: Question, desk: Desk, signal: AbortSignal): Promise<object> {
    try {
      return { answer: ask, value: await desk.answer(name, Object(args)) };
    } catch (error) {
      if (isAbort(error, signal)) throw error;
      return { answer: ask, error: error instanceof Error ? error.message : String(error) };
    }
  }

  async #lastWords(over: "cpu" | "wall" | null): Promise<string> {
    if (over !== null) return `it took more ${over === "cpu" ? "CPU time" : "time"} than it had`;
    const { exitCode, signal, stderr } = await this.#box.exited;
    return `its process ended (${signal ?? exitCode}) ${stderr.trim().slice(-300)}`.trim();
  }

  #die(ended: "exit" | "cpu" | "wall" | "flood", why: string): Work {
    this.#dead = { ended, why };
    return this.#dead;
  }
}

/** A message may be anything. */
function parse(line: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line ?? "null")) as Record<string, unknown>;
  } catch {
    return {};
  }
}
