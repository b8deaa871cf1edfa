import type { Json } from "@pawl/core";
import { parseModule } from "./parse-module.ts";

/**
 * The syntax tree of a module as plain data, in the ESTree format (TypeScript's nodes included) with `start` and `end` of each; null when it does
 * not parse. The value of a literal that JSON cannot write is null: its text stands in the source.
 */
export function estree(source: string, path: string): Json | null {
  const parsed = parseModule(path, source);
  if (parsed.fault !== null) return null;
  const plain = (_name: string, value: unknown): unknown => (typeof value === "bigint" ? null : value);
  return JSON.parse(JSON.stringify(parsed.program, plain)) as Json;
}
