import { execFile } from "node:child_process";
import { chmodSync, closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { giveToBox } from "../box-owner.ts";
import { HARNESS } from "../harness.ts";
import type { Limits } from "../process.ts";
import type { BoxContents, BoxProcess, Sandbox } from "../sandbox.ts";
import { type DescribedModule, type ModuleLanguage, moduleLanguage } from "./stand-in.ts";

/** Processes of one test command that may load changed modules; each gets a process of the candidate's. */
const SLOTS = 24;
/** Digits of a slot's name; what a process reads to claim one. */
const DIGITS = 4;
/** For the candidate's modules to load, when they are asked what they export. */
const DESCRIBE_MS = 10_000;
const GONE = "the candidate's process ended, or did not answer";
/** What a stand-in throws when its candidate is gone, in the words of separate-values.cjs and separate_values.py. */
const GONE_ANSWER: Readonly<Record<ModuleLanguage, string>> = {
  javascript: JSON.stringify({
    throws: { $: "Error", v: { class: "Error", name: "Error", message: GONE, extra: [] } },
  }),
  python: JSON.stringify({ throws: { $: "error", v: ["RuntimeError", "RuntimeError", [GONE]] } }),
};

/**
 * Carries calls between the processes of the tests and those of the candidate, which are in boxes that share nothing. The side of the tests
 * sees a folder of named pipes, read-only: it can neither be filled nor be filled with links.
 */
export class Exchange {
  /** Absolute; to be shown in the box of the tests. */
  readonly folder: string;
  readonly #start: (language: ModuleLanguage) => Promise<BoxProcess>;
  readonly #sockets: Socket[] = [];
  readonly #descriptors: number[] = [];
  readonly #boxes = new Set<BoxProcess>();
  #cpuMs = 0;
  #closed = false;

  private constructor(folder: string, start: (language: ModuleLanguage) => Promise<BoxProcess>) {
    this.folder = folder;
    this.#start = start;
  }

  /** Opens the pipes. `contents` is what the candidate's own boxes hold. */
  static async open(sandbox: Sandbox, contents: BoxContents, limits: Limits): Promise<Exchange> {
    const folder = mkdtempSync(join(tmpdir(), "pawl-exchange-"));
    const own = { ...contents, readOnly: [...(contents.readOnly ?? []), HARNESS] };
    const start = async (language: ModuleLanguage): Promise<BoxProcess> => {
      const argv =
        language === "python"
          ? ["python3", join(HARNESS, "separate-python.py")]
          : ["node", "--no-warnings", join(HARNESS, "separate-node.mjs")];
      const box = await sandbox.start(own, { argv, env: language === "python" ? { PYTHONHASHSEED: "0" } : {} }, limits);
      box.send(JSON.stringify({ root: contents.snapshot.root, describe: [] }));
      return box;
    };
    const exchange = new Exchange(folder, start);
    try {
      await exchange.#openPipes();
    } catch (error) {
      await exchange.close();
      throw error;
    }
    return exchange;
  }

  async #openPipes(): Promise<void> {
    const slots = Array.from({ length: SLOTS }, (_, index) => String(index).padStart(DIGITS, "0"));
    const paths = ["claim", ...slots.flatMap((slot) => [`${slot}.in`, `${slot}.out`])].map((name) =>
      join(this.folder, name),
    );
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
    await giveToBox(this.folder);
    for (const path of paths) await giveToBox(path);
    chmodSync(this.folder, 0o700);
    // Open for both directions, so that neither end waits for the other to open or sees it close.
    const open = (name: string): number => openSync(join(this.folder, name), constants.O_RDWR | constants.O_NONBLOCK);
    const claim = open("claim");
    this.#descriptors.push(claim);
    writeSync(claim, slots.join(""));
    for (const slot of slots) this.#serve(open(`${slot}.in`), open(`${slot}.out`));
  }

  /** Passes the calls of one process of the tests on to one process of the candidate's for each language. */
  #serve(fromTests: number, toTests: number): void {
    const input = new Socket({ fd: fromTests, readable: true, writable: false });
    const output = new Socket({ fd: toTests, readable: false, writable: true });
    this.#sockets.push(input, output);
    for (const socket of [input, output]) socket.on("error", () => {}).unref();
    const sessions = new Map<ModuleLanguage, Promise<Session>>();
    let partial = "";
    let work = Promise.resolve();
    input.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (partial + chunk).split("\n");
      partial = lines.pop() as string;
      for (const line of lines)
        work = work.then(async () => {
          const language =
            moduleLanguage(String((JSON.parse(line) as { readonly path: unknown }).path)) ?? "javascript";
          let session = sessions.get(language);
          if (session === undefined) sessions.set(language, (session = this.#session(language)));
          const answer = await (await session).ask(line).catch(() => null);
          if (!this.#closed) output.write(`${answer ?? GONE_ANSWER[language]}\n`);
        });
      work.catch(() => {}); // the tests' own process is gone, or never spoke our language: it will see no answer
    });
  }

  async #session(language: ModuleLanguage): Promise<Session> {
    const box = await this.#start(language);
    if (this.#closed) {
      await box.kill();
      throw new Error("closed");
    }
    this.#boxes.add(box);
    return new Session(box);
  }

  /** What the modules at these paths export, by path, as their own process says. */
  async describe(paths: readonly string[]): Promise<ReadonlyMap<string, DescribedModule>> {
    const found = new Map<string, DescribedModule>();
    for (const [language, own] of Map.groupBy(paths, moduleLanguage)) {
      if (language === null) continue;
      const session = await this.#session(language);
      const timer = setTimeout(() => void session.box.kill(), DESCRIBE_MS);
      const answer = await session.ask(JSON.stringify({ describe: own })).catch(() => null);
      clearTimeout(timer);
      await this.#end(session.box);
      const modules = Object((answer === null ? {} : parsed(answer))["modules"]) as {
        readonly [path: string]: unknown;
      };
      for (const path of own) found.set(path, Object.hasOwn(modules, path) ? Object(modules[path]) : { load: GONE });
    }
    return found;
  }

  /** CPU milliseconds of all the candidate's processes so far. */
  cpuMs(): number {
    return this.#cpuMs + [...this.#boxes].reduce((sum, box) => sum + box.cpuMs(), 0);
  }

  async #end(box: BoxProcess): Promise<void> {
    await box.kill();
    this.#cpuMs += box.cpuMs();
    this.#boxes.delete(box);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#boxes].map((box) => this.#end(box)));
    for (const socket of this.#sockets) socket.destroy();
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One process of the candidate's: a line asked, a line answered. */
class Session {
  readonly box: BoxProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #greeted: Promise<unknown>;

  constructor(box: BoxProcess) {
    this.box = box;
    this.#lines = box.messages[Symbol.asyncIterator]();
    this.#greeted = this.#lines.next();
  }

  /** The answer; null when the process is gone. */
  async ask(line: string): Promise<string | null> {
    await this.#greeted;
    this.box.send(line);
    const next = await this.#lines.next();
    return next.done === true ? null : next.value;
  }
}

function parsed(text: string): { readonly [name: string]: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
