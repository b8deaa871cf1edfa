/** Variables of a template; inner scopes see those of the outer ones. */
export class Scope {
  #values;
  #parent;

  constructor(values, parent = null) {
    this.#values = new Map(Object.entries(values));
    this.#parent = parent;
  }

  get(name) {
    if (this.#values.has(name)) return this.#values.get(name);
    return this.#parent?.get(name);
  }

  set(name, value) {
    this.#values.set(name, value);
  }

  child(values = {}) {
    return new Scope(values, this);
  }
}
