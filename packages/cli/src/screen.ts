import { createColors } from "picocolors";

type Colors = ReturnType<typeof createColors>;

/** Where output goes. With `--json` stdout carries one document and nothing else; everything for people goes to stderr. */
export class Screen {
  readonly json: boolean;
  /** No colours and no redrawn lines. */
  readonly plain: boolean;
  /** For what is printed on stdout. */
  readonly colors: Colors;
  /** For what is printed on stderr. */
  readonly noteColors: Colors;

  constructor(options: { readonly json: boolean; readonly plain: boolean }) {
    this.json = options.json;
    this.plain = options.plain;
    this.colors = createColors(!options.plain && hasColors(process.stdout));
    this.noteColors = createColors(!options.plain && hasColors(process.stderr));
  }

  /** True when lines on stderr can be redrawn. */
  get live(): boolean {
    return !this.plain && process.stderr.isTTY === true && process.env["TERM"] !== "dumb";
  }

  /** Columns of the terminal, for tables on stdout; 100 when it is not one. */
  get columns(): number {
    return process.stdout.isTTY ? process.stdout.columns || 80 : 100;
  }

  /** A report for people; nothing with `--json`. */
  print(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The one document of `--json`; nothing otherwise. */
  document(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Something a person should know that is not the result. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

/** https://no-color.org and its counterpart FORCE_COLOR; otherwise only terminals get colours. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  if (process.env["NO_COLOR"]) return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced) return forced !== "0";
  return stream.isTTY === true && process.env["TERM"] !== "dumb";
}
