/** A directed graph: an edge from a package to each one it needs. */
export class DependencyGraph {
  readonly #needs = new Map<string, Set<string>>();

  add(name: string, needs: Iterable<string> = []): this {
    const known = this.#needs.get(name) ?? new Set<string>();
    this.#needs.set(name, known);
    for (const other of needs) {
      known.add(other);
      if (!this.#needs.has(other)) this.#needs.set(other, new Set());
    }
    return this;
  }

  remove(name: string): void {
    this.#needs.delete(name);
    for (const needs of this.#needs.values()) needs.delete(name);
  }

  has(name: string): boolean {
    return this.#needs.has(name);
  }

  names(): string[] {
    return [...this.#needs.keys()].sort();
  }

  needsOf(name: string): string[] {
    return [...(this.#needs.get(name) ?? [])].sort();
  }

  usersOf(name: string): string[] {
    return this.names().filter((user) => this.#needs.get(user)?.has(name));
  }
}
