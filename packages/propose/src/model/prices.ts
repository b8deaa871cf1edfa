import { readFileSync } from "node:fs";
import type { ModelUsage } from "./model.ts";

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Input read from the provider's prompt cache; default: as `input`. */
  readonly cachedInput?: number;
  /** Input written to the cache; default: as `input`. */
  readonly cacheWrite?: number;
}

/** What is known of a model before it is asked. */
export interface KnownModel {
  readonly price: Price | null;
  readonly contextTokens: number | null;
}

interface Table {
  readonly models: Readonly<Record<string, { readonly contextTokens: number; readonly price: Price }>>;
}

let table: Table | null = null;

/**
 * Price and context of a model by its id (`anthropic/<name>`). A name with a date after it (`-2025-09-29`, `-20250929`, `-latest`) is the name
 * without it. The user's own prices come first; a price that nobody knows is null.
 */
export function knownModel(id: string, overrides: Readonly<Record<string, Price>> = {}): KnownModel {
  table ??= JSON.parse(readFileSync(new URL("../../data/model-prices.json", import.meta.url), "utf8")) as Table;
  const plain = id.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, "");
  const entry = table.models[id] ?? table.models[plain];
  return { price: overrides[id] ?? entry?.price ?? null, contextTokens: entry?.contextTokens ?? null };
}

/** Dollars of a call; null when the price is not known. */
export function dollarsOf(usage: ModelUsage, price: Price | null, cacheWriteTokens = 0): number | null {
  if (price === null) return null;
  const written = Math.min(cacheWriteTokens, usage.inputTokens - usage.cachedInputTokens);
  const plain = usage.inputTokens - usage.cachedInputTokens - written;
  return (
    (plain * price.input +
      usage.cachedInputTokens * (price.cachedInput ?? price.input) +
      written * (price.cacheWrite ?? price.input) +
      usage.outputTokens * price.output) /
    1e6
  );
}

/** The dearest these tokens can be. */
export function mostDollars(inputTokens: number, outputTokens: number, price: Price | null): number | null {
  if (price === null) return null;
  const input = Math.max(price.input, price.cachedInput ?? 0, price.cacheWrite ?? 0);
  return (inputTokens * input + outputTokens * price.output) / 1e6;
}
