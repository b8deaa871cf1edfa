import type { Lock } from "./resolver.ts";
import type { Manifest } from "./registry.ts";

/** A lock as text with one line per package, sorted, so that diffs are small. */
export function writeLock(lock: Lock): string {
  return [...lock.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, needs = {} }) => {
      const parts = Object.keys(needs).toSorted();
      return parts.length === 0 ? `${name} ${version}\n` : `${name} ${version} (${parts.join(" ")})\n`;
    })
    .join("");
}

export function readLock(text: string): Map<string, Pick<Manifest, "name" | "version"> & { uses: string[] }> {
  const entries = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const match = /^(\S+) (\S+)(?: \((.*)\))?$/.exec(line);
      if (match === null) throw new SyntaxError(`not a line of a lock: ${line}`);
      const [, name = "", version = "", uses] = match;
      return [name, { name, version, uses: uses === undefined ? [] : uses.split(" ") }] as const;
    });
  return new Map(entries);
}
