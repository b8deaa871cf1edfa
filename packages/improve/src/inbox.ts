import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UsageError } from "@pawl/core";
import type { ChangeSet, PersonCall, PersonDesk } from "@pawl/propose";

const POLL_MS = 100;

/** What became of a submission. */
export type Receipt = { readonly taken: number } | { readonly refused: string };

/**
 * The folder `inbox/<run>` of a project's store, through which another process hands a change to a run that waits for a person: `call.json`
 * says what is wanted, `<id>.change.json` is a change, `<id>.receipt.json` the run's answer to it. Every file appears whole.
 */
export class Inbox implements PersonDesk {
  readonly #folder: string;
  readonly #say: (text: string) => void;
  readonly #run: string;
  /** The submission that was handed out last and has no receipt yet. */
  #open: string | null = null;

  constructor(state: string, run: string, say: (text: string) => void) {
    this.#folder = folderOf(state, run);
    this.#run = run;
    this.#say = say;
  }

  async next(call: PersonCall, signal: AbortSignal): Promise<ChangeSet> {
    mkdirSync(this.#folder, { recursive: true });
    if (this.#open !== null && call.refused !== null)
      writeWhole(this.#folder, `${this.#open}.receipt.json`, { refused: call.refused });
    if (call.refused === null) this.#say(`${call.text}\nWaiting for a change: pawl submit ${this.#run} <patch file>`);
    writeWhole(this.#folder, "call.json", { n: call.n, text: call.text, files: call.files });
    for (;;) {
      signal.throwIfAborted();
      const name = readdirSync(this.#folder)
        .filter((each) => each.endsWith(".change.json"))
        .sort()[0];
      if (name !== undefined) {
        const change = JSON.parse(readFileSync(join(this.#folder, name), "utf8")) as ChangeSet;
        rmSync(join(this.#folder, name));
        this.#open = name.slice(0, -".change.json".length);
        return change;
      }
      await wait(POLL_MS, undefined, { signal });
    }
  }

  took(n: number): void {
    if (this.#open === null) return;
    rmSync(join(this.#folder, "call.json"), { force: true });
    writeWhole(this.#folder, `${this.#open}.receipt.json`, { taken: n });
    this.#open = null;
  }

  /** Nobody waits any more. */
  close(): void {
    rmSync(join(this.#folder, "call.json"), { force: true });
  }
}

/** What a run waits for; null when it waits for nobody. */
export function openCall(state: string, run: string): Omit<PersonCall, "refused"> | null {
  const path = join(folderOf(state, run), "call.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as PersonCall) : null;
}

/** Hands a change to a run and waits until the run has taken it or refused it; takes it back when `signal` is aborted. */
export async function handIn(state: string, run: string, change: ChangeSet, signal: AbortSignal): Promise<Receipt> {
  const folder = folderOf(state, run);
  if (openCall(state, run) === null)
    throw new UsageError({
      what: `run ${run} does not wait for a change`,
      where: state,
      todo: "Start one that does: `pawl fix --proposer human`, or evolve or speed. `pawl runs` lists what is running.",
    });
  const id = `${Date.now()}-${randomUUID()}`;
  const receipt = join(folder, `${id}.receipt.json`);
  writeWhole(folder, `${id}.change.json`, change);
  try {
    while (!existsSync(receipt)) await wait(POLL_MS, undefined, { signal });
    return JSON.parse(readFileSync(receipt, "utf8")) as Receipt;
  } finally {
    rmSync(join(folder, `${id}.change.json`), { force: true });
    rmSync(receipt, { force: true });
  }
}

function folderOf(state: string, run: string): string {
  return join(state, "inbox", run);
}

function writeWhole(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, `${name}.part`), JSON.stringify(value));
  renameSync(join(folder, `${name}.part`), join(folder, name));
}
