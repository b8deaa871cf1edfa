import type { Policy } from "./policy.ts";

/**
 * Policies as lines: "allow file:read,file:list on projects/** for editor,admin".
 * Lines that are empty or begin with "#" are skipped.
 */
export function parsePolicies(text: string): Policy[] {
  const policies: Policy[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const match = /^(allow|deny) (\S+) on (\S+)(?: for (\S+))?$/.exec(trimmed);
    if (match === null) throw new SyntaxError(`line ${index + 1}: ${trimmed}`);
    const [, effect, actions = "", paths = "", roles] = match;
    policies.push({
      id: `line-${index + 1}`,
      effect: effect === "deny" ? "deny" : "allow",
      actions: actions.split(","),
      paths: paths.split(","),
      ...(roles === undefined ? {} : { roles: roles.split(",") }),
    });
  }
  return policies;
}
