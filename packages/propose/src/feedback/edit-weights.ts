import type { EditWeights } from "@pawl/core";

const TABLES = ["byOperator", "byFaultClass", "byLine", "byEdit"] as const;

/** The opinions of several as one: logs of factors add up. Undefined when nobody has one. */
export function addWeights(...all: readonly (EditWeights | null | undefined)[]): EditWeights | undefined {
  const sum: Partial<Record<(typeof TABLES)[number], Record<string, number>>> = {};
  for (const weights of all)
    for (const table of TABLES)
      for (const [key, value] of Object.entries(weights?.[table] ?? {})) {
        const own = (sum[table] ??= {});
        own[key] = (own[key] ?? 0) + value;
      }
  return Object.keys(sum).length === 0 ? undefined : sum;
}

/** The same opinion, held more or less strongly. */
export function scaleWeights(weights: EditWeights, factor: number): EditWeights {
  return Object.fromEntries(
    TABLES.flatMap((table) => {
      const values = Object.entries(weights[table] ?? {});
      return values.length === 0
        ? []
        : [[table, Object.fromEntries(values.map(([key, value]) => [key, value * factor]))]];
    }),
  );
}
