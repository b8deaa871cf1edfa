import { compareVersions } from "../version/compare.ts";
import { parseRange, satisfies } from "../version/range.ts";
import { parseVersion } from "../version/version.ts";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly needs?: Readonly<Record<string, string>>;
}

/** The packages that exist, in memory. */
export class Registry {
  readonly #manifests = new Map<string, Manifest[]>();

  publish(manifest: Manifest): this {
    const known = this.#manifests.get(manifest.name) ?? [];
    if (known.some((other) => other.version === manifest.version)) {
      throw new Error(`${manifest.name}@${manifest.version} is published already`);
    }
    this.#manifests.set(manifest.name, [...known, manifest]);
    return this;
  }

  /** The versions that fit all ranges, the newest first. */
  candidates(name: string, ranges: readonly string[]): Manifest[] {
    const parsed = ranges.map(parseRange);
    return (this.#manifests.get(name) ?? [])
      .filter(({ version }) => parsed.every((range) => satisfies(parseVersion(version), range)))
      .sort((a, b) => compareVersions(parseVersion(b.version), parseVersion(a.version)));
  }
}
