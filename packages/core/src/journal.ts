import { DivergenceError } from "./errors.ts";
import { isOrdered, type AnsweredData, type EventBody, type EventType, type RunEvent } from "./events.ts";
import { canonicalJson, type Json } from "./json.ts";

type DataOf<T extends EventType> = Extract<EventBody, { type: T }>["data"];
type MetaOf<T extends EventType> = NonNullable<Extract<EventBody, { type: T }>["meta"]>;

/** Where new events go. */
export interface EventSink {
  append(event: EventBody): void;
}

/** Where large values of events are kept, and found again. */
export interface ValueStore {
  keep(value: Json): Json;
  load(value: Json): Json;
}

const IN_PLACE: ValueStore = { keep: (value) => value, load: (value) => value };

/**
 * Lets a run be continued or replayed by executing the same code again. The run's code passes every step through the journal: while there
 * are recorded events, decisions are compared with the record and observations are taken from it; after that, new events are written.
 */
export class Journal {
  readonly #recorded: readonly RunEvent[];
  readonly #sink: EventSink | null;
  readonly #values: ValueStore;
  /** Answers arrive in any order, so they are found by who asked for them. */
  readonly #answers = new Map<string, AnsweredData>();
  readonly #reserved = new Map<number, AnsweredData["reserved"]>();
  #cursor = 0;

  /** Without a sink the journal is a replay: needing an event that was not recorded is an error. */
  constructor(recorded: readonly RunEvent[], sink: EventSink | null, values: ValueStore = IN_PLACE) {
    this.#recorded = recorded.filter(isOrdered);
    this.#sink = sink;
    this.#values = values;
    for (const event of recorded) {
      if (event.type !== "answered") continue;
      this.#answers.set(answerKey(event.data.n, event.data.name), event.data);
      this.#reserved.set(event.data.n, event.data.reserved);
    }
  }

  /** True while the next step is already on record. */
  get replaying(): boolean {
    return this.#cursor < this.#recorded.length;
  }

  /** True when no new event may be written. */
  get readOnly(): boolean {
    return this.#sink === null;
  }

  /** Reason of the stop that is next on record; null when the next event is another. */
  peekStop(): string | null {
    const next = this.#recorded[this.#cursor];
    return next?.type === "stopped" ? next.data.reason : null;
  }

  /** A step that follows from what came before: written when new, compared when on record. */
  decide(event: EventBody): void {
    const recorded = this.#recorded[this.#cursor];
    if (recorded === undefined) {
      this.#write(event);
      return;
    }
    if (recorded.type !== event.type || canonicalJson(recorded.data) !== canonicalJson(event.data))
      throw this.#divergence(recorded, event.type);
    this.#cursor++;
  }

  /** Takes an observation from the record; null when it has to be made now. */
  recall<T extends EventType>(type: T): { readonly data: DataOf<T>; readonly meta: MetaOf<T> | undefined } | null {
    const recorded = this.#recorded[this.#cursor];
    if (recorded === undefined) {
      if (this.#sink === null) throw this.#divergence(undefined, type);
      return null;
    }
    if (recorded.type !== type) throw this.#divergence(recorded, type);
    this.#cursor++;
    return { data: recorded.data as DataOf<T>, meta: recorded.meta as MetaOf<T> | undefined };
  }

  /** Writes an observation that was just made. Only valid after `recall` gave null. */
  write(event: EventBody): void {
    if (this.replaying) throw new Error("an observation was made although the record has one");
    this.#write(event);
  }

  /** The recorded answer to a question of a request; null when it has to be asked now. */
  answer(n: number, name: string): AnsweredData | null {
    const recorded = this.#answers.get(answerKey(n, name));
    if (recorded?.value === undefined) return recorded ?? null;
    return { ...recorded, value: this.#values.load(recorded.value) };
  }

  /** What an answered request had reserved; null when none of its answers is on record. */
  reserved(n: number): AnsweredData["reserved"] | null {
    return this.#reserved.get(n) ?? null;
  }

  /** Writes an answer that just arrived, and gives it back as a replay will read it. */
  recordAnswer(data: AnsweredData): AnsweredData {
    const kept = data.value === undefined ? data : { ...data, value: this.#values.keep(data.value) };
    this.#write({ type: "answered", data: kept });
    return JSON.parse(JSON.stringify(data)) as AnsweredData;
  }

  /** Recorded events not yet passed, for finding results of work that was in flight. */
  ahead(): readonly RunEvent[] {
    return this.#recorded.slice(this.#cursor);
  }

  #write(event: EventBody): void {
    if (this.#sink === null) throw this.#divergence(undefined, event.type);
    this.#sink.append(event);
  }

  #divergence(recorded: RunEvent | undefined, type: EventType): DivergenceError {
    return new DivergenceError({
      what:
        recorded === undefined
          ? `the run wants to record '${type}', but its record ends here`
          : `the run came to '${type}', its record says otherwise at event ${recorded.seq} ('${recorded.type}')`,
      todo: "The record was changed, or this version of Pawl decides differently. Start a new run; `pawl doctor --run <id>` tells more.",
    });
  }
}

function answerKey(n: number, name: string): string {
  return `${n} ${name}`;
}
