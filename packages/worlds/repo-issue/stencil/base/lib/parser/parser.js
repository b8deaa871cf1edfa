import { TemplateError } from "../errors.js";
import { parseExpression } from "./expression.js";
import { lex } from "./lexer.js";

/** A tree of nodes: text, output, if, for, set, include, block, extends. */
export function parse(source, template) {
  const pieces = lex(source, template);
  let at = 0;

  const body = (...ends) => {
    const nodes = [];
    while (at < pieces.length) {
      const piece = pieces[at];
      at += 1;
      const place = { template, line: piece.line };
      if (piece.kind === "text") nodes.push({ type: "text", text: piece.text });
      else if (piece.kind === "output") nodes.push({ type: "output", value: parseExpression(piece.text, place), place });
      else {
        const [, word, rest] = /^(\w*)\s*([\s\S]*)$/.exec(piece.text);
        if (ends.includes(word)) return { nodes, end: word, rest, place };
        nodes.push(tag(word, rest, place));
      }
    }
    if (ends.length > 0) throw new TemplateError(`${ends.at(-1)} is missing`, { template, line: lastLine(pieces) });
    return { nodes };
  };

  const tag = (word, rest, place) => {
    switch (word) {
      case "if":
        return branches(rest, place);
      case "for":
        return loop(rest, place);
      case "set": {
        const match = /^(\w+)\s*=\s*([\s\S]+)$/.exec(rest);
        if (match === null) throw new TemplateError("set needs a name and a value", place);
        return { type: "set", name: match[1], value: parseExpression(match[2], place) };
      }
      case "include":
        return { type: "include", name: parseExpression(rest, place), place };
      case "extends":
        return { type: "extends", name: parseExpression(rest, place), place };
      case "block":
        return { type: "block", name: rest, nodes: body("endblock").nodes };
      default:
        throw new TemplateError(`unknown tag "${word}"`, place);
    }
  };

  const branches = (condition, place) => {
    const cases = [];
    let test = parseExpression(condition, place);
    for (;;) {
      const { nodes, end, rest, place: next } = body("elif", "else", "endif");
      cases.push({ test, nodes });
      if (end === "endif") return { type: "if", cases, otherwise: [] };
      if (end === "else") return { type: "if", cases, otherwise: body("endif").nodes };
      test = parseExpression(rest, next);
    }
  };

  const loop = (text, place) => {
    const match = /^(\w+)(?:\s*,\s*(\w+))?\s+in\s+([\s\S]+)$/.exec(text);
    if (match === null) throw new TemplateError("for needs a name and a list", place);
    const [, first, second, list] = match;
    const { nodes, end } = body("else", "endfor");
    const otherwise = end === "else" ? body("endfor").nodes : [];
    return { type: "for", first, second, list: parseExpression(list, place), nodes, otherwise };
  };

  return { name: template, nodes: body().nodes };
}

function lastLine(pieces) {
  return pieces.at(-1)?.line ?? 1;
}
