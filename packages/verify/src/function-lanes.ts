import type { ChangedFiles } from "@pawl/core";
import {
  CANARIES,
  CANARY_SET,
  canaryFiles,
  canaryLanguageOf,
  canarySet,
  isRight,
  type CanaryLanguage,
} from "./canary.ts";
import { type FunctionSetting, startFunctionProcess } from "./function-process.ts";
import type { BoxProcess } from "./sandbox.ts";
import { readReply, type Reply } from "./wire.ts";

/** Requests sent ahead, so that a lane never waits for the engine. A lane that dies takes these with it, to be asked again. */
const AHEAD = 8;
/** Canaries pass after so many candidates, and whenever a lane has nothing else to do. */
const BETWEEN_CANARIES = 50;
/** Candidates that pass through one process before it is replaced. */
const RETIRE_AFTER = 250;
/** What a process may take beyond its own time limit before it is killed from outside. */
const GRACE_MS = 250;
/** A lane that got less than this share of a CPU while it ran over its time was starved: the machine's fault, ask again. */
const STARVED_BELOW = 0.5;
const PATIENCE_FACTOR = 5;

interface Item {
  readonly set: string;
  readonly files: ChangedFiles;
  timeoutMs: number;
  /** Must start in a lane that nobody has used since its last canary. */
  alone: boolean;
  voided: boolean;
  readonly resolve: (reply: Reply | null) => void;
}

/** What was sent to a lane: a candidate, or a canary by its number. */
type Sent = { readonly id: number } & ({ readonly item: Item } | { readonly canary: number });

/** One warm process in one box. Answers come in the order of the requests. */
class Lane {
  readonly box: BoxProcess;
  readonly sent: Sent[] = [];
  /** Judged, but not yet vouched for by canaries. */
  held: { readonly item: Item; readonly reply: Reply }[] = [];
  served = 0;
  lastId = 0;
  sinceCanary = 0;
  headSince = 0;
  cpuAtHead = 0;
  timer: NodeJS.Timeout | undefined;

  constructor(box: BoxProcess) {
    this.box = box;
  }
}

/**
 * Warm processes that many candidates pass through: for screening only. Verdicts are released when the canaries sent after them come
 * back right; a wrong canary voids them, the lane is replaced, and they are judged again. What is voided twice is handed back as
 * null, to be judged in a fresh box.
 */
export class FunctionLanes {
  readonly #setting: FunctionSetting;
  readonly #canaryLanguage: CanaryLanguage;
  readonly #patienceMs: number;
  readonly #queue: Item[] = [];
  readonly #lanes: Lane[] = [];
  #spare: Promise<Lane> | null = null;
  #starting = 0;
  #closed = false;
  readonly #wanted: number;
  #failure: unknown = null;

  /** `patienceMs`: the longest a candidate may take, however short its own limit was guessed. */
  constructor(setting: FunctionSetting, lanes: number, patienceMs: number) {
    const modules = Object.values(setting.sets).map(({ module }) => module);
    this.#canaryLanguage = canaryLanguageOf(setting.language, modules);
    this.#setting = { ...setting, sets: { ...setting.sets, [CANARY_SET]: canarySet(this.#canaryLanguage) } };
    this.#wanted = lanes;
    this.#patienceMs = patienceMs;
  }

  /** Calls all functions of a set. Null: no lane could be trusted with it. */
  async judge(set: string, files: ChangedFiles, timeoutMs: number, signal: AbortSignal): Promise<Reply | null> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      const done = (reply: Reply | null): void => {
        signal.removeEventListener("abort", onAbort);
        if (this.#failure !== null) reject(this.#failure);
        else resolve(reply);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#queue.push({ set, files, timeoutMs, alone: false, voided: false, resolve: done });
      this.#pump();
    });
  }

  /** Whoever still waits for a verdict is told that there will be none. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#failure ??= new Error("the warm processes were closed before the candidate was judged");
    const asked = this.#lanes.flatMap(({ held, sent }) => [...held.map(({ item }) => item), ...itemsOf(sent)]);
    for (const item of [...this.#queue.splice(0), ...asked]) item.resolve(null);
    const spare = await this.#spare?.catch(() => null);
    const all = spare === null || spare === undefined ? this.#lanes : [...this.#lanes, spare];
    for (const lane of all) clearTimeout(lane.timer);
    await Promise.all(all.map((lane) => lane.box.kill()));
  }

  #pump(): void {
    if (this.#failure !== null) {
      for (const item of this.#queue.splice(0)) item.resolve(null);
      return;
    }
    if (this.#closed) return;
    for (const lane of this.#lanes.toSorted((a, b) => a.sent.length - b.sent.length)) this.#feed(lane);
    if (this.#queue.length > 0 && this.#lanes.length + this.#starting < this.#wanted) void this.#addLane();
  }

  #feed(lane: Lane): void {
    const isRetiring = (): boolean => lane.served >= RETIRE_AFTER;
    const isFair = (): boolean => lane.sent.length < Math.max(1, Math.ceil(this.#queue.length / this.#wanted));
    while (
      this.#queue.length > 0 &&
      lane.sent.length < AHEAD &&
      !isRetiring() &&
      (lane.sent.length === 0 || isFair() || this.#lanes.length === this.#wanted)
    ) {
      const last = lane.sent.at(-1);
      if (last !== undefined && "item" in last && last.item.alone) return;
      const next = this.#queue[0] as Item;
      if (next.alone && (lane.sent.length > 0 || lane.held.length > 0)) break;
      this.#queue.shift();
      this.#send(lane, { id: ++lane.lastId, item: next });
      lane.served += 1;
      if (++lane.sinceCanary >= BETWEEN_CANARIES) this.#sendCanaries(lane);
    }
    if (lane.sent.length > 0) return;
    if (lane.held.length > 0) this.#sendCanaries(lane);
    else if (isRetiring()) this.#replace(lane);
  }

  #sendCanaries(lane: Lane): void {
    lane.sinceCanary = 0;
    for (let canary = 0; canary < CANARIES; canary++) this.#send(lane, { id: ++lane.lastId, canary });
  }

  #send(lane: Lane, sent: Sent): void {
    const request =
      "item" in sent
        ? { id: sent.id, set: sent.item.set, files: sent.item.files, timeoutMs: sent.item.timeoutMs }
        : {
            id: sent.id,
            set: CANARY_SET,
            files: canaryFiles(this.#canaryLanguage, sent.canary, sent.id),
            timeoutMs: this.#patienceMs,
          };
    lane.box.send(JSON.stringify(request));
    lane.sent.push(sent);
    if (lane.sent.length === 1) this.#watch(lane);
  }

  /** Gives the request at the head of the lane its time, counted from when it came to the head. */
  #watch(lane: Lane, extraMs = 0): void {
    clearTimeout(lane.timer);
    const head = lane.sent[0];
    if (head === undefined) return;
    lane.headSince = performance.now();
    const limit = ("item" in head ? head.item.timeoutMs : this.#patienceMs) + GRACE_MS + extraMs;
    lane.timer = setTimeout(() => {
      const cpuMs = lane.box.cpuMs() - lane.cpuAtHead;
      lane.cpuAtHead += cpuMs;
      // The first look at a lane's CPU time covers more than the head; later ones are exact.
      if (extraMs === 0 && cpuMs < STARVED_BELOW * limit) this.#watch(lane, PATIENCE_FACTOR * limit);
      else this.#bury(lane, "timeout");
    }, limit);
  }

  async #listen(lane: Lane): Promise<void> {
    for await (const line of lane.box.messages) {
      const sent = lane.sent.shift();
      if (sent === undefined) break;
      if (!this.#lanes.includes(lane)) return;
      this.#watch(lane);
      // Null: the lane is broken, or somebody forges answers in it.
      const reply = readReply(line, sent.id);
      if (reply === null) return this.#distrust(lane, sent);
      // The memory of candidates before it may be what ended it.
      if (reply.ended !== null && lane.box.ranOut()) return this.#distrust(lane, sent);
      if ("canary" in sent) {
        if (!isRight(sent.canary, reply)) return this.#distrust(lane, sent);
        if (sent.canary === CANARIES - 1) this.#release(lane);
      } else if (!this.#retryStarved(sent.item, reply)) lane.held.push({ item: sent.item, reply });
      this.#pump();
    }
    const head = lane.sent[0];
    if (head !== undefined && lane.box.ranOut() && this.#lanes.includes(lane)) {
      lane.sent.shift();
      return this.#distrust(lane, head);
    }
    this.#bury(lane, "exit");
  }

  /** True when the candidate's time was up because the machine was busy, and it is asked again with more. */
  #retryStarved(item: Item, reply: Reply): boolean {
    const starved =
      reply.ended === "timeout" && reply.wallMs >= item.timeoutMs && reply.cpuMs < STARVED_BELOW * item.timeoutMs;
    if (!starved || item.timeoutMs >= this.#patienceMs) return false;
    item.timeoutMs = Math.min(this.#patienceMs, PATIENCE_FACTOR * item.timeoutMs);
    this.#queue.unshift(item);
    return true;
  }

  #release(lane: Lane): void {
    const { held } = lane;
    lane.held = [];
    for (const { item, reply } of held) item.resolve(reply);
  }

  /** A canary came back wrong, or an answer to something else: nothing since the last right canary counts. */
  #distrust(lane: Lane, head: Sent): void {
    const items = [...lane.held.map(({ item }) => item), ...itemsOf([head, ...lane.sent])];
    this.#replace(lane);
    this.#voidAll(items);
    this.#pump();
  }

  /** To be judged again; what this happens to twice may be what breaks the lanes, and gets a fresh box. */
  #voidAll(items: readonly Item[]): void {
    for (const item of items.toReversed()) {
      if (item.voided) item.resolve(null);
      else {
        item.voided = true;
        this.#queue.unshift(item);
      }
    }
  }

  /** The lane hangs or is gone. The request at its head is the cause only if nobody before it could have broken the lane. */
  #bury(lane: Lane, ended: "timeout" | "exit"): void {
    if (!this.#lanes.includes(lane)) return;
    const [head, ...others] = lane.sent;
    const answered = lane.held.map(({ item }) => item);
    const again = itemsOf(others);
    const wallMs = performance.now() - lane.headSince;
    this.#replace(lane);
    if (head !== undefined && "item" in head) {
      if (lane.held.length === 0) head.item.resolve({ outcomes: [], ended, cpuMs: 0, wallMs });
      else {
        head.item.alone = true;
        again.unshift(head.item);
      }
    }
    this.#queue.unshift(...again);
    this.#voidAll(answered);
    this.#pump();
  }

  #replace(lane: Lane): void {
    clearTimeout(lane.timer);
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    void lane.box.kill();
    if (!this.#closed) void this.#addLane();
  }

  async #addLane(): Promise<void> {
    this.#starting += 1;
    try {
      const start = this.#spare ?? this.#start();
      this.#spare = null; // at once: nobody else may take it
      const lane = await start;
      if (this.#closed) return void lane.box.kill();
      this.#lanes.push(lane);
      void this.#listen(lane);
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#starting -= 1;
    }
    this.#prepareSpare();
    this.#pump();
  }

  #prepareSpare(): void {
    if (this.#spare !== null || this.#closed || this.#failure !== null) return;
    this.#spare = this.#start();
    this.#spare.catch(() => {}); // told when somebody needs it
  }

  async #start(): Promise<Lane> {
    return new Lane(await startFunctionProcess(this.#setting));
  }
}

function itemsOf(sent: readonly Sent[]): Item[] {
  return sent.flatMap((one) => ("item" in one ? [one.item] : []));
}
