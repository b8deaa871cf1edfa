export interface Role {
  readonly name: string;
  readonly inherits?: readonly string[];
  /** Pairs of action and path patterns, such as "file:read projects/**". */
  readonly permissions: readonly string[];
}

/** Roles with what they inherit. */
export class RoleHierarchy {
  readonly #roles = new Map<string, Role>();

  define(role: Role): this {
    this.#roles.set(role.name, role);
    if (this.ancestors(role.name).includes(role.name)) {
      this.#roles.delete(role.name);
      throw new Error(`role ${role.name} would inherit from itself`);
    }
    return this;
  }

  /** All roles a role inherits from, near ones first. */
  ancestors(name: string): string[] {
    const found = new Set<string>();
    const queue = [...(this.#roles.get(name)?.inherits ?? [])];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(...(this.#roles.get(next)?.inherits ?? []));
    }
    return [...found];
  }

  permissionsOf(name: string): string[] {
    const names = [name, ...this.ancestors(name)];
    return [...new Set(names.flatMap((each) => this.#roles.get(each)?.permissions ?? []))];
  }
}
