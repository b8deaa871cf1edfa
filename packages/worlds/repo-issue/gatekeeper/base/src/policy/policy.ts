import { matchAction } from "../match/action.ts";
import { matchGlob, specificity } from "../match/glob.ts";
import type { Effect, Request } from "../types.ts";
import { holds, type Condition } from "./condition.ts";

export interface Policy {
  readonly id: string;
  readonly effect: Effect;
  readonly actions: readonly string[];
  readonly paths: readonly string[];
  readonly roles?: readonly string[];
  readonly when?: Condition;
}

/** Whether a policy speaks about a request made with these roles. */
export function applies(policy: Policy, request: Request, roles: readonly string[]): boolean {
  return (
    policy.actions.some((pattern) => matchAction(pattern, request.action)) &&
    policy.paths.some((pattern) => matchGlob(pattern, request.resource.path)) &&
    (policy.roles === undefined || policy.roles.some((role) => roles.includes(role))) &&
    (policy.when === undefined || holds(policy.when, request))
  );
}

/** How exactly a policy names the path: its best pattern that fits. */
export function weightOf(policy: Policy, path: string): number {
  return Math.max(...policy.paths.filter((pattern) => matchGlob(pattern, path)).map(specificity));
}

/** Of the policies that apply the most exact one wins, and "deny" wins over "allow". */
export function decisive(policies: readonly Policy[], path: string): Policy | undefined {
  return policies.toSorted(
    (a, b) => weightOf(b, path) - weightOf(a, path) || rank(b.effect) - rank(a.effect),
  )[0];
}

function rank(effect: Effect): number {
  return effect === "deny" ? 1 : 0;
}
