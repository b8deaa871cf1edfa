import { stripVTControlCharacters } from "node:util";
import type { RunProgress } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { clip, duration, oneLine, width } from "../words.ts";
import { BudgetGauge, describeBest, describeLeft, describeWork } from "./describe.ts";
import type { ProgressView } from "./view.ts";

type Colors = Screen["noteColors"];

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
const BAR_COLUMNS = 20;
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
/** Terminals that know it show everything in between at once; the others ignore it. */
const BEGIN_FRAME = "\u001b[?2026h";
const END_FRAME = "\u001b[?2026l";

/** For terminals: a block of a few lines, redrawn in place at most ten times a second. */
export class LiveView implements ProgressView {
  readonly #stream: NodeJS.WriteStream;
  readonly #colors: Colors;
  readonly #gauge = new BudgetGauge();
  readonly #timer: NodeJS.Timeout;
  readonly #showCursor = (): void => void this.#stream.write(SHOW_CURSOR);
  #progress: RunProgress | null = null;
  #receivedAt = 0;
  #frame = 0;
  #drawn: readonly string[] = [];

  constructor(stream: NodeJS.WriteStream, colors: Colors) {
    this.#stream = stream;
    this.#colors = colors;
    this.#stream.write(HIDE_CURSOR);
    process.on("exit", this.#showCursor);
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
    this.#timer.unref();
  }

  update(progress: RunProgress): void {
    this.#progress = progress;
    this.#receivedAt = performance.now();
  }

  say(text: string): void {
    this.#stream.write(`${this.#erase()}${text}\n`);
    this.#drawn = [];
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    process.off("exit", this.#showCursor);
    this.#stream.write(this.#erase() + SHOW_CURSOR);
  }

  #draw(): void {
    if (this.#progress === null) return;
    const seconds = this.#progress.seconds + (performance.now() - this.#receivedAt) / 1000;
    const mark = FRAMES[this.#frame % FRAMES.length] as string;
    this.#frame += 1;
    const lines = blockLines({ ...this.#progress, seconds }, this.#gauge, this.#columns(), this.#colors, mark);
    const text = lines.map((line) => `${line}\u001b[K\n`).join("");
    this.#stream.write(`${BEGIN_FRAME}${this.#home()}${text}\u001b[J${END_FRAME}`);
    this.#drawn = lines;
  }

  /** Back to the first line of the block. After the window became narrower, a line of it takes several rows. */
  #home(): string {
    const columns = this.#columns();
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(width(stripVTControlCharacters(line)) / columns)),
      0,
    );
    return rows === 0 ? "" : `\r\u001b[${rows}A`;
  }

  #erase(): string {
    return `${this.#home()}\u001b[J`;
  }

  #columns(): number {
    return this.#stream.columns || 80;
  }
}

/** The lines of the block, none wider than the terminal. */
export function blockLines(
  progress: RunProgress,
  gauge: BudgetGauge,
  columns: number,
  colors: Colors,
  mark: string,
): readonly string[] {
  const room = Math.max(1, columns - 1);
  const labelled = (label: string, text: string, paint = (painted: string) => painted): string => {
    const prefix = clip(`  ${label.padEnd(7)} `, room);
    return colors.dim(prefix) + paint(clip(oneLine(text), room - prefix.length));
  };
  const head = clip(`${mark} ${progress.run}: ${progress.phase}, ${duration(progress.seconds)}`, room);
  const lines = [colors.cyan(head.slice(0, 1)) + colors.bold(head.slice(1)), labelled("done", describeWork(progress))];
  if (progress.trying !== undefined) lines.push(labelled("trying", progress.trying));
  const best = describeBest(progress);
  if (best !== null) lines.push(labelled("best", best, progress.kept > 0 ? colors.green : undefined));
  const left = describeLeft(progress.left);
  const share = gauge.left(progress.left);
  if (left !== null) {
    const cells = share === null || room < 60 ? 0 : Math.round(share * BAR_COLUMNS);
    const bar = share === null || room < 60 ? "" : `${"█".repeat(cells)}${"░".repeat(BAR_COLUMNS - cells)} `;
    lines.push(labelled("budget", bar + left));
  }
  return lines;
}
