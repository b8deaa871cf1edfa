import type { Request } from "../types.ts";

/** A condition of a policy, as data so that it can be stored. */
export type Condition =
  | { readonly kind: "owner" }
  | { readonly kind: "attribute"; readonly of: "subject" | "resource"; readonly name: string; readonly equals: unknown }
  | { readonly kind: "hours"; readonly from: number; readonly to: number }
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition };

export function holds(condition: Condition, request: Request): boolean {
  switch (condition.kind) {
    case "owner":
      return request.resource.owner === request.subject.id;
    case "attribute":
      return request[condition.of].attributes?.[condition.name] === condition.equals;
    case "hours":
      return withinHours(new Date(request.time).getUTCHours(), condition.from, condition.to);
    case "all":
      return condition.of.every((part) => holds(part, request));
    case "any":
      return condition.of.some((part) => holds(part, request));
    case "not":
      return !holds(condition.of, request);
  }
}

/** From an hour up to but without another one; over midnight when `from` is later. */
export function withinHours(hour: number, from: number, to: number): boolean {
  if (from <= to) return hour >= from && hour < to;
  return hour >= from || hour < to;
}
