/** Actions are "read", "file:write" or with a star: "file:*". */
export function matchAction(pattern: string, action: string): boolean {
  if (pattern === "*" || pattern === action) return true;
  const [area, verb] = split(pattern);
  const [otherArea, otherVerb] = split(action);
  if (area !== otherArea) return false;
  return verb === "*" || verb === otherVerb;
}

function split(action: string): [area: string, verb: string] {
  const at = action.indexOf(":");
  return at === -1 ? ["", action] : [action.slice(0, at), action.slice(at + 1)];
}

/** Patterns that are covered by others are left out. */
export function simplifyActions(patterns: readonly string[]): string[] {
  const distinct = [...new Set(patterns)];
  return distinct.filter((pattern) => !distinct.some((other) => other !== pattern && matchAction(other, pattern)));
}
