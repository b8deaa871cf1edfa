import { parse } from "./parser/parser.js";
import { Renderer } from "./render/renderer.js";
import { FILTERS } from "./filters/index.js";
import { TemplateError } from "./errors.js";

/** Compiles templates by name and renders them; compiled ones are kept. */
export class Engine {
  #sources;
  #compiled = new Map();
  #filters;

  constructor({ templates = {}, filters = {} } = {}) {
    this.#sources = new Map(Object.entries(templates));
    this.#filters = { ...FILTERS, ...filters };
  }

  define(name, source) {
    this.#sources.set(name, source);
    this.#compiled.delete(name);
  }

  compile(name) {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const source = this.#sources.get(name);
    if (source === undefined) throw new TemplateError(`no template "${name}"`);
    const tree = parse(source, name);
    this.#compiled.set(name, tree);
    return tree;
  }

  render(name, data = {}) {
    return new Renderer(this, this.#filters).render(this.compile(name), data);
  }

  renderText(source, data = {}) {
    return new Renderer(this, this.#filters).render(parse(source, "text"), data);
  }
}
