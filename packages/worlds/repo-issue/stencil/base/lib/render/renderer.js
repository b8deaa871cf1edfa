import { TemplateError } from "../errors.js";
import { escape } from "../filters/html.js";
import { evaluate, isTrue } from "./evaluate.js";
import { loopInfo, toEntries } from "./loop.js";
import { Scope } from "./scope.js";

const DEEPEST = 20;

export class Renderer {
  #engine;
  #filters;
  #depth = 0;

  constructor(engine, filters) {
    this.#engine = engine;
    this.#filters = filters;
  }

  render(tree, data) {
    return this.#template(tree, new Scope(data), new Map());
  }

  #template(tree, scope, blocks) {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new TemplateError(`"${tree.name}" includes itself`);
    try {
      const parent = tree.nodes.find((node) => node.type === "extends");
      if (parent === undefined) return this.#nodes(tree.nodes, scope, blocks);
      const known = new Map(blocks);
      for (const node of tree.nodes) {
        if (node.type === "block" && !known.has(node.name)) known.set(node.name, node.nodes);
        if (node.type === "set") this.#node(node, scope, known);
      }
      return this.#template(this.#engine.compile(this.#value(parent.name, scope)), scope, known);
    } finally {
      this.#depth -= 1;
    }
  }

  #nodes(nodes, scope, blocks) {
    return nodes.map((node) => this.#node(node, scope, blocks)).join("");
  }

  #node(node, scope, blocks) {
    switch (node.type) {
      case "text":
        return node.text;
      case "output":
        return escape(this.#value(node.value, scope, node.place));
      case "set":
        scope.set(node.name, this.#value(node.value, scope));
        return "";
      case "if": {
        const found = node.cases.find(({ test }) => isTrue(this.#value(test, scope)));
        return this.#nodes(found?.nodes ?? node.otherwise, scope, blocks);
      }
      case "for":
        return this.#loop(node, scope, blocks);
      case "include":
        return this.#template(this.#engine.compile(this.#value(node.name, scope)), scope.child(), new Map());
      case "block":
        return this.#nodes(blocks.get(node.name) ?? node.nodes, scope.child(), blocks);
      default:
        return "";
    }
  }

  #loop({ first, second, list, nodes, otherwise }, scope, blocks) {
    const entries = toEntries(this.#value(list, scope));
    if (entries.length === 0) return this.#nodes(otherwise, scope, blocks);
    return entries
      .map(([key, value], index) => {
        const names = second === undefined ? { [first]: value } : { [first]: key, [second]: value };
        const inner = scope.child({ ...names, loop: loopInfo(index, entries.length, scope.get("loop")) });
        return this.#nodes(nodes, inner, blocks);
      })
      .join("");
  }

  #value(node, scope, place) {
    return evaluate(node, scope, this.#filters, place);
  }
}
