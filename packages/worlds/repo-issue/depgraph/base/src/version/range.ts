import { compareVersions } from "./compare.ts";
import { parseVersion, type Version } from "./version.ts";

interface Bound {
  readonly operator: ">=" | ">" | "<" | "<=" | "=";
  readonly version: Version;
}

/** Alternatives ("||") of bounds that must all hold. */
export interface Range {
  readonly source: string;
  readonly alternatives: readonly (readonly Bound[])[];
}

/** Understands "1.2.3", ">=1.0.0 <2.0.0", "^1.2.3", "~1.2.3", "*" and alternatives with "||". */
export function parseRange(source: string): Range {
  return { source, alternatives: source.split("||").map(parseAlternative) };
}

function parseAlternative(text: string): Bound[] {
  const words = text.trim().split(/\s+/);
  if (words.length === 1 && (words[0] === "*" || words[0] === "")) return [];
  return words.flatMap(parseWord);
}

function parseWord(word: string): Bound[] {
  const match = /^(\^|~|>=|<=|>|<|=)?(.+)$/.exec(word);
  const version = parseVersion(match?.[2] ?? "");
  switch (match?.[1]) {
    case "^":
      return [{ operator: ">=", version }, { operator: "<", version: nextBreaking(version) }];
    case "~":
      return [{ operator: ">=", version }, { operator: "<", version: bump(version, "minor") }];
    case ">=":
    case "<=":
    case ">":
    case "<":
      return [{ operator: match[1], version }];
    default:
      return [{ operator: "=", version }];
  }
}

/** The first version that may break: the left-most number that is not zero goes up. */
function nextBreaking(version: Version): Version {
  if (version.major > 0) return bump(version, "major");
  if (version.minor > 0) return bump(version, "minor");
  return bump(version, "patch");
}

function bump(version: Version, part: "major" | "minor" | "patch"): Version {
  const { major, minor, patch } = version;
  if (part === "major") return { major: major + 1, minor: 0, patch: 0, pre: [] };
  if (part === "minor") return { major, minor: minor + 1, patch: 0, pre: [] };
  return { major, minor, patch: patch + 1, pre: [] };
}

/** Whether a version is in the range; pre-releases only when a bound names one of the same numbers. */
export function satisfies(version: Version, range: Range): boolean {
  return range.alternatives.some(
    (bounds) => bounds.every((bound) => holds(version, bound)) && (version.pre.length === 0 || allowsPre(version, bounds)),
  );
}

function allowsPre(version: Version, bounds: readonly Bound[]): boolean {
  return bounds.some(
    ({ version: { major, minor, patch, pre } }) =>
      pre.length > 0 && major === version.major && minor === version.minor && patch === version.patch,
  );
}

function holds(version: Version, bound: Bound): boolean {
  const order = compareVersions(version, bound.version);
  switch (bound.operator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "=":
      return order === 0;
  }
}
