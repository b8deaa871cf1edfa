import { UsageError } from "@pawl/core";

/** Where packages come from. */
export type Ecosystem = "npm" | "python";

/** One version of a dependency, installed outside of the project. */
export interface InstalledVersion {
  /** Name of the package in its registry. */
  readonly name: string;
  /** Exact. */
  readonly version: string;
  readonly ecosystem: Ecosystem;
  /** Absolute. npm: the folder of the package, with its own dependencies inside. Python: a folder for the import path, with its dependencies. */
  readonly folder: string;
}

/** `lodash@4.17.21`: how people and test ids name a version. */
export function labelOf({ name, version }: Pick<InstalledVersion, "name" | "version">): string {
  return `${name}@${version}`;
}

/** What a person wrote between the commas of `--versions`. */
export function parseVersions(text: string): readonly string[] {
  const words = [...new Set(text.split(",").map((word) => word.trim()))].filter((word) => word !== "");
  if (words.length === 0 || words.some((word) => !/^[\w.*^~<>=!+ -]+$/.test(word) || word.startsWith("-")))
    throw new UsageError({
      what: `cannot read the versions '${text}'`,
      where: "--versions",
      todo: "Write exact versions or ranges with commas between them: 3.10.1,4.17.21 or 1.x,2.x",
    });
  return words;
}

/** True for a version that names one release and no range. */
export function isExact(word: string): boolean {
  return /^\d+\.\d+\.\d+(?:[-+.]?[A-Za-z0-9.+-]+)?$/.test(word);
}

/** Orders exact versions, oldest first: numbers by value, a pre-release before its release. */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.rest === right.rest) return 0;
  if (left.rest === "" || right.rest === "") return left.rest === "" ? 1 : -1;
  return left.rest < right.rest ? -1 : 1;
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly rest: string } {
  const [, numbers = "", rest = ""] = /^v?([\d.]*)(.*)$/.exec(version.replace(/\+.*$/, "")) ?? [];
  return { numbers: numbers.split(".").map(Number), rest };
}
