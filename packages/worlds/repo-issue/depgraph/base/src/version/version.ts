export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Identifiers of a pre-release; empty for a release. */
  readonly pre: readonly string[];
}

const SHAPE = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/;

export function parseVersion(text: string): Version {
  const match = SHAPE.exec(text.trim());
  if (match === null) throw new SyntaxError(`not a version: ${text}`);
  const [, major, minor, patch, pre] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    pre: pre === undefined ? [] : pre.split("."),
  };
}

export function formatVersion(version: Version): string {
  const base = `${version.major}.${version.minor}.${version.patch}`;
  return version.pre.length === 0 ? base : `${base}-${version.pre.join(".")}`;
}
