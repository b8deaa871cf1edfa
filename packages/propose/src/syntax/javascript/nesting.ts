import {
  endOfComment,
  endOfLine,
  endOfRegularExpression,
  endOfString,
  endOfTemplatePart,
  endOfWord,
  isLineEnd,
  isSpace,
  isWord,
} from "./token-ends.ts";

/** Words after which a slash or a `<` begins an expression. */
const BEFORE_EXPRESSION = new Set(
  "return typeof case in instanceof new delete void throw do else default extends".split(" "),
);
/** The same, where the word may also be a name or the end of a statement. */
const MAYBE_BEFORE_EXPRESSION = new Set("of yield await break continue debugger".split(" "));
/** Words whose parentheses are followed by a statement. */
const HEADS = new Set("if while for with".split(" "));
/** Words that hold the rest of a statement inside of themselves, commas included. */
const STATEMENT_WORDS = new Set("if while for with do else".split(" "));
/** Words that go on with what a `;` or a `}` seemed to end. */
const GOES_ON = new Set("else while catch finally in instanceof as satisfies extends is of".split(" "));

/** What was before: then a slash divides, begins a regular expression, or may do either. */
type Before = "operand" | "operator" | "dot" | "either";

/** What is open: a bracket, or the `${` of a template. */
interface Frame {
  readonly kind: "(" | "[" | "{" | "`";
  /** What stands after its end. */
  readonly after: Before;
  readonly chain: number;
  readonly held: number;
  readonly outer: number;
}

/**
 * Offset at which a text could be nested deeper than `most`: brackets, and words and signs of one statement or list element, all of which may
 * nest. Null when it cannot be, whatever it says: where it is not plain how the text is read (JSX, some slashes), everything behind counts as
 * open. Looks at characters and never recurs, so that it holds for texts that are made to overflow a parser's stack.
 */
export function mayNestDeeperThan(most: number, source: string, mayHoldJsx: boolean): number | null {
  if (source.length <= most) return null;
  return new Scan(most, source, mayHoldJsx).run();
}

class Scan {
  readonly #most: number;
  readonly #source: string;
  readonly #jsx: boolean;
  readonly #frames: Frame[] = [];
  #at = 0;
  #before: Before = "operator";
  /** A line ended since the last token. */
  #newLine = true;
  /** The next parenthesis is a head's. */
  #head: Before = "operand";
  /** Tokens that may be open in the innermost bracket: all since the last end of a statement or list element … */
  #chain = 0;
  /** … and those of them that a comma leaves open. */
  #held = 0;
  /** The same in all brackets around. */
  #outer = 0;
  /** What looked like the end of a statement. */
  #ended: ";" | "}" | null = null;

  constructor(most: number, source: string, jsx: boolean) {
    this.#most = most;
    this.#source = source;
    this.#jsx = jsx;
  }

  run(): number | null {
    const source = this.#source;
    if (source.startsWith("#!")) this.#at = endOfLine(source, this.#at);
    while (this.#at < source.length) {
      if (!this.#token()) return this.#countRest();
      if (this.#outer + this.#chain > this.#most) return this.#at;
    }
    return null;
  }

  /** Reads one token. False when it cannot be told what it is. */
  #token(): boolean {
    const source = this.#source;
    const code = source.charCodeAt(this.#at);
    if (isWord(code)) return this.#word();
    if (isSpace(code)) {
      this.#newLine ||= isLineEnd(code);
      this.#at += 1;
      return true;
    }
    const sign = source[this.#at] as string;
    if (sign === "/") {
      const next = source[this.#at + 1];
      if (next === "/") {
        this.#at = endOfLine(source, this.#at);
        return true;
      }
      if (next === "*") return this.#comment();
    }
    this.#settleEnd(sign === ";" || sign === ")" || sign === "]");
    const known = this.#sign(sign);
    this.#newLine = false;
    return known;
  }

  #sign(sign: string): boolean {
    const before = this.#before;
    switch (sign) {
      case "'":
      case '"':
        this.#before = "operand";
        return this.#goTo(endOfString(this.#source, this.#at));
      case "`":
        this.#chain += 1;
        this.#at += 1;
        return this.#template();
      case "/":
        return this.#slash();
      case "(":
      case "[":
      case "{":
        this.#open(sign, sign === "(" ? this.#head : sign === "[" ? "operand" : "either");
        this.#at += 1;
        return true;
      case ")":
      case "]":
      case "}":
        return this.#close(sign);
      case ",":
        this.#chain = this.#held;
        break;
      case ";":
        this.#ended = ";";
        break;
      case "<":
        if (this.#jsx && (before !== "operand" || this.#newLine)) return false;
        if (this.#source.startsWith("<!--", this.#at)) return false;
        this.#held += 1; // it may be the bracket of a type
        this.#chain += 1;
        break;
      default:
        this.#chain += 1;
        return this.#operator(sign);
    }
    this.#before = "operator";
    this.#at += 1;
    return true;
  }

  #operator(sign: string): boolean {
    const source = this.#source;
    const before = this.#before;
    const next = source[this.#at + 1];
    let length = 1;
    this.#before = "operator";
    if (sign === ":") this.#held += 1; // it may be a label's
    if (sign === ".") {
      if (next === "." && source[this.#at + 2] === ".") length = 3;
      else this.#before = "dot";
    } else if (sign === "=" && next === ">") {
      length = 2;
    } else if ((sign === "+" || sign === "-") && next === sign) {
      if (source.startsWith("-->", this.#at)) return false;
      length = 2;
      if (!this.#newLine && before === "operand") this.#before = "operand";
      else if (before === "either") this.#before = "either";
    } else if (sign === "!" && next !== "=" && before !== "operator" && !this.#newLine) {
      this.#before = before; // TypeScript's `a!`
    } else if (sign === ">" && next !== "=") {
      this.#before = "either";
    }
    this.#at += length;
    return true;
  }

  #word(): boolean {
    const source = this.#source;
    const start = this.#at;
    const end = endOfWord(source, start);
    const word = end - start > 10 ? "" : source.slice(start, end);
    if (this.#ended !== null) {
      if (!GOES_ON.has(word)) this.#chain = this.#held = 0;
      this.#ended = null;
    }
    this.#chain += 1;
    this.#head = "operand";
    if (this.#before === "dot") {
      this.#before = "operand";
    } else {
      if (STATEMENT_WORDS.has(word)) this.#held += 1;
      if (HEADS.has(word)) this.#head = "operator";
      else if (word === "await") this.#head = "either";
      this.#before = BEFORE_EXPRESSION.has(word)
        ? "operator"
        : MAYBE_BEFORE_EXPRESSION.has(word)
          ? "either"
          : "operand";
    }
    this.#at = end;
    this.#newLine = false;
    return true;
  }

  /** A sign after what looked like the end of a statement: after `;` a new one begins, a `}` may have been an expression's. */
  #settleEnd(closes: boolean): void {
    if (this.#ended === ";" && !closes) this.#chain = this.#held = 0;
    if (!closes) this.#ended = null;
  }

  #open(kind: Frame["kind"], after: Before): void {
    this.#chain += 1;
    this.#frames.push({ kind, after, chain: this.#chain, held: this.#held, outer: this.#outer });
    this.#outer += this.#chain;
    this.#chain = this.#held = 0;
    this.#ended = null;
    this.#head = "operand";
    this.#before = "operator";
  }

  #close(sign: ")" | "]" | "}"): boolean {
    const frame = this.#frames.pop();
    if (frame === undefined || (frame.kind === "`" ? "}" : CLOSES[frame.kind]) !== sign) return false;
    this.#chain = frame.chain;
    this.#held = frame.held;
    this.#outer = frame.outer;
    this.#before = frame.after;
    this.#head = "operand";
    this.#at += 1;
    this.#ended = sign === "}" && frame.kind === "{" ? "}" : null;
    return frame.kind === "`" ? this.#template() : true;
  }

  #slash(): boolean {
    if (this.#before === "either" || this.#before === "dot") return false;
    if (this.#before === "operator") {
      this.#before = "operand";
      return this.#goTo(endOfRegularExpression(this.#source, this.#at));
    }
    // A line that begins with a slash may be a statement: lines need not end in a semicolon.
    if (this.#newLine) return false;
    this.#chain += 1;
    this.#before = "operator";
    this.#at += 1;
    return true;
  }

  /** To the end of a template, or to its next `${`. */
  #template(): boolean {
    const end = endOfTemplatePart(this.#source, this.#at);
    if (this.#source[end - 1] === "{") this.#open("`", "operand");
    else this.#before = "operand";
    return this.#goTo(end);
  }

  #comment(): boolean {
    const end = endOfComment(this.#source, this.#at);
    this.#newLine ||= LINE_END.test(this.#source.slice(this.#at, end));
    return this.#goTo(end);
  }

  /** False when there is no such place. */
  #goTo(end: number): boolean {
    if (end >= 0) this.#at = end;
    return end >= 0;
  }

  /** As if nothing behind were ever closed. */
  #countRest(): number | null {
    let count = this.#outer + this.#chain;
    TOKENS.lastIndex = this.#at;
    for (let match = TOKENS.exec(this.#source); match !== null; match = TOKENS.exec(this.#source))
      if (++count > this.#most) return match.index;
    return null;
  }
}

const CLOSES = { "(": ")", "[": "]", "{": "}" } as const;
const LINE_END = /[\n\r\u2028\u2029]/;
const TOKENS = /[\w$\u0080-\uffff]+|[^\s,;)\]}]/g;
