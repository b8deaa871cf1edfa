import { TemplateError } from "../errors.js";

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|("[^"]*"|'[^']*')|([A-Za-z_]\w*)|(==|!=|<=|>=|[<>+\-*/%~.,:|()[\]]))/y;
const LEVELS = [["or"], ["and"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-", "~"], ["*", "/", "%"]];
const LITERALS = { true: true, false: false, null: null };

/** Parses "a.b + 1 | filter: x, y" into a tree of nodes with a `type`. */
export function parseExpression(text, place) {
  const parser = new ExpressionParser(tokenize(text, place), place);
  return parser.parseAll();
}

function tokenize(text, place) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw new TemplateError(`unexpected "${text.slice(at).trim()}"`, place);
    const [whole, number, string, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number) });
    else if (string !== undefined) tokens.push({ kind: "string", value: string.slice(1, -1) });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else tokens.push({ kind: "sign", value: sign });
    at += whole.length;
  }
  return tokens;
}

class ExpressionParser {
  #tokens;
  #place;
  #at = 0;

  constructor(tokens, place) {
    this.#tokens = tokens;
    this.#place = place;
  }

  parseAll() {
    const node = this.#filtered();
    if (this.#at < this.#tokens.length) this.#fail();
    return node;
  }

  #filtered() {
    let node = this.#level(0);
    while (this.#accept("|")) {
      const name = this.#name();
      const args = [];
      if (this.#accept(":")) {
        do args.push(this.#level(0));
        while (this.#accept(","));
      }
      node = { type: "filter", name, input: node, args };
    }
    return node;
  }

  #level(depth) {
    if (depth === LEVELS.length) return this.#unary();
    let node = this.#level(depth + 1);
    for (;;) {
      const operator = LEVELS[depth].find((each) => this.#accept(each));
      if (operator === undefined) return node;
      node = { type: "binary", operator, left: node, right: this.#level(depth + 1) };
    }
  }

  #unary() {
    if (this.#accept("not")) return { type: "not", operand: this.#unary() };
    if (this.#accept("-")) return { type: "negative", operand: this.#unary() };
    return this.#postfix();
  }

  #postfix() {
    let node = this.#atom();
    for (;;) {
      if (this.#accept(".")) node = { type: "member", object: node, key: { type: "literal", value: this.#name() } };
      else if (this.#accept("[")) {
        node = { type: "member", object: node, key: this.#filtered() };
        this.#expect("]");
      } else return node;
    }
  }

  #atom() {
    const token = this.#tokens[this.#at];
    if (token === undefined) this.#fail();
    if (this.#accept("(")) {
      const inside = this.#filtered();
      this.#expect(")");
      return inside;
    }
    this.#at += 1;
    if (token.kind === "number" || token.kind === "string") return { type: "literal", value: token.value };
    if (token.kind !== "name") this.#fail(token);
    if (Object.hasOwn(LITERALS, token.value)) return { type: "literal", value: LITERALS[token.value] };
    return { type: "name", name: token.value };
  }

  #name() {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "name") this.#fail(token);
    this.#at += 1;
    return token.value;
  }

  #accept(text) {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === "string" || token.value !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text) {
    if (!this.#accept(text)) throw new TemplateError(`expected "${text}"`, this.#place);
  }

  #fail(token = this.#tokens[this.#at]) {
    throw new TemplateError(`unexpected ${token === undefined ? "end" : `"${token.value}"`}`, this.#place);
  }
}
