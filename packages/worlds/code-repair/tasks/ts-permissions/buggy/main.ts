import { expandRoles } from './roles.ts';
import type { RoleTable } from './roles.ts';

/** "docs:read", "docs:*" or "*:read". */
export type Grant = string;

function matches(pattern: string, value: string): boolean {
  return pattern === '*' || pattern === value;
}

function covers(grant: Grant, resource: string, action: string): boolean {
  const [onResource, onAction] = grant.split(':');
  return matches(onResource, resource) || matches(onAction, action);
}

/** Whether any role allows the action; a grant that starts with "!" forbids it for good. */
export function isAllowed(table: RoleTable, roles: readonly string[], resource: string, action: string): boolean {
  let allowed = false;
  for (const role of expandRoles(table, roles)) {
    for (const grant of table[role].grants) {
      if (grant.startsWith('!')) {
        if (covers(grant.slice(1), resource, action)) return false;
      } else if (covers(grant, resource, action)) {
        allowed = true;
      }
    }
  }
  return allowed;
}

export function allowedActions(table: RoleTable, roles: readonly string[], resource: string, actions: readonly string[]): string[] {
  return actions.filter((action) => isAllowed(table, roles, resource, action));
}
