import { createInterface, type Interface } from "node:readline";
import { EXIT, PawlError } from "@pawl/core";
import type { SpeedOptions } from "@pawl/improve";
import { isSpeedFamily, SPEED_FAMILIES } from "@pawl/propose";
import { Screen } from "./screen.ts";

type Desk = SpeedOptions["expertDesk"] & {};
type Answer = Awaited<ReturnType<Desk["review"]>>;

/** Lines for people while they are asked: nothing is redrawn under a question. */
export function calmScreen(screen: Screen): Screen {
  return new Screen({ json: screen.json, plain: true });
}

/** Asks on the terminal: one line of standard input for each measured rewrite. */
export class TerminalExpert implements Desk {
  readonly #say: (line: string) => void;
  readonly #first: () => void;
  #lines: AsyncIterator<string> | null = null;
  #reader: Interface | null = null;

  /** `first` is called before the first question: whatever redraws lines has to stop. */
  constructor(say: (line: string) => void, first: () => void = () => {}) {
    this.#say = say;
    this.#first = first;
  }

  async review(trial: Parameters<Desk["review"]>[0], choice: boolean, signal: AbortSignal): Promise<Answer> {
    if (this.#lines === null) this.#first();
    this.#say(describe(trial));
    this.#say(
      choice
        ? "Keep it? [k]eep, [v]eto, or a family for what comes next (`v lookup` for both; ? lists them)"
        : "It is not kept. Go on with Enter, or name a family for what comes next (? lists them)",
    );
    for (;;) {
      const answer = parseAnswer(await this.#next(signal));
      if (typeof answer !== "string") return answer;
      this.#say(answer);
    }
  }

  close(): void {
    this.#reader?.close();
  }

  async #next(signal: AbortSignal): Promise<string> {
    if (this.#lines === null) {
      this.#reader = createInterface({ input: process.stdin, terminal: false });
      this.#lines = this.#reader[Symbol.asyncIterator]();
    }
    const stopped = Promise.withResolvers<never>();
    const stop = (): void => stopped.reject(signal.reason);
    signal.addEventListener("abort", stop);
    try {
      // A terminal that was closed answers with an error: that is an end, too.
      const next = this.#lines.next().catch((): IteratorResult<string> => ({ done: true, value: undefined }));
      const line = await Promise.race([next, stopped.promise]);
      if (line.done !== true) return line.value;
    } finally {
      signal.removeEventListener("abort", stop);
    }
    throw new PawlError({
      what: "there was no answer: the input has ended",
      where: "--expert me",
      todo: "The state is saved. Go on with `pawl resume`.",
      exitCode: EXIT.interrupted,
    });
  }
}

/** An answer, or what is to be said about a line that is none. */
export function parseAnswer(line: string): Answer | string {
  const words = line
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  const decisions = new Map([
    ["k", "keep"],
    ["keep", "keep"],
    ["v", "veto"],
    ["veto", "veto"],
  ] as const) as ReadonlyMap<string, Answer["decision"]>;
  const decided = decisions.get(words[0] ?? "");
  const named = decided === undefined ? words : words.slice(1);
  const families = named.filter(isSpeedFamily);
  if (named.length !== families.length) {
    const list = Object.entries(SPEED_FAMILIES).map(([family, what]) => `  ${family}: ${what}`);
    return `Families:\n${list.join("\n")}`;
  }
  return { decision: decided ?? "keep", families: families.length === 0 ? null : families };
}

function describe({ summary, wrong, ratio, ratios, kept }: Parameters<Desk["review"]>[0]): string {
  const times = (value: number): string => `${value.toFixed(2)} times as fast`;
  if (wrong !== null) return `${summary}\n  wrong: ${wrong}`;
  if (ratio === null || ratios === null) return `${summary}\n  not measured`;
  const kinds = Object.entries(ratios).map(([kind, value]) => `${kind} ${value.toFixed(2)}`);
  const shown =
    kept === false ? "; fresh pairs do not show that it is faster" : kept === true ? ", in fresh pairs" : "";
  return `${summary}\n  ${times(ratio)}${shown} (${kinds.join(", ")})`;
}
