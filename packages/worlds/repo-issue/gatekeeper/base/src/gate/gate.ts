import { matchAction } from "../match/action.ts";
import { matchGlob } from "../match/glob.ts";
import { applies, decisive, type Policy } from "../policy/policy.ts";
import type { Assignments } from "../roles/assignments.ts";
import type { RoleHierarchy } from "../roles/hierarchy.ts";
import type { Decision, Request } from "../types.ts";
import type { DecisionCache } from "./cache.ts";

export interface GateParts {
  readonly hierarchy: RoleHierarchy;
  readonly assignments: Assignments;
  readonly policies: readonly Policy[];
  readonly cache?: DecisionCache;
}

export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  check(request: Request): Decision {
    const known = this.#parts.cache?.get(request);
    if (known !== undefined) return known;
    const decision = this.#decide(request);
    this.#parts.cache?.put(request, decision);
    return decision;
  }

  /** A policy that applies is heard before the permissions of roles. */
  #decide(request: Request): Decision {
    const { hierarchy, assignments, policies } = this.#parts;
    const direct = assignments.rolesOf(request.subject, request.time);
    const roles = [...new Set(direct.flatMap((role) => [role, ...hierarchy.ancestors(role)]))];
    const policy = decisive(
      policies.filter((each) => applies(each, request, roles)),
      request.resource.path,
    );
    if (policy !== undefined) return { effect: policy.effect, reason: `policy ${policy.id}` };
    for (const role of direct) {
      const permission = hierarchy.permissionsOf(role).find((each) => grants(each, request));
      if (permission !== undefined) return { effect: "allow", reason: `role ${role}: ${permission}` };
    }
    return { effect: "deny", reason: "nothing allows it" };
  }
}

function grants(permission: string, request: Request): boolean {
  const [action = "", path = ""] = permission.split(" ");
  return matchAction(action, request.action) && matchGlob(path, request.resource.path);
}
