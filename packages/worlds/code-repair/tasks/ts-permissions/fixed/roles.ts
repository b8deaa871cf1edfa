export interface Role {
  readonly grants: readonly string[];
  readonly inherits?: readonly string[];
}

export type RoleTable = Readonly<Record<string, Role>>;

/** The roles and all they inherit from, each once. */
export function expandRoles(table: RoleTable, roles: readonly string[]): string[] {
  const seen = new Set<string>();
  const pending = [...roles];
  while (pending.length > 0) {
    const role = pending.shift()!;
    if (seen.has(role)) continue;
    if (!Object.hasOwn(table, role)) throw new RangeError(`unknown role ${role}`);
    seen.add(role);
    pending.push(...(table[role].inherits ?? []));
  }
  return [...seen];
}
