import { parseBudget, UsageError } from "@pawl/core";
import { evolve } from "./evolve.ts";
import { fix } from "./fix.ts";
import { configFile, importConfig, type NamedModels } from "./models.ts";
import type { EvolveOptions, FixOptions, RunOptions } from "./options.ts";
import type { EvolveResult, FixResult } from "./results.ts";

type Settings<T> = Omit<T, "root" | "state" | "signal" | "onProgress" | "budget"> & {
  /** `200`, `90s`, … */ readonly budget?: string;
};

/** What `pawl.config.ts` exports. */
export type PawlConfig =
  | ({ readonly command: "fix" } & Settings<FixOptions>)
  | ({ readonly command: "evolve" } & Settings<EvolveOptions>)
  /** Models alone, for `pawl fix`, `pawl evolve` and `pawl speed`. */
  | { readonly models: NamedModels };

/** Gives a configuration its type; returns it as it is. */
export function defineConfig(config: PawlConfig): PawlConfig {
  return config;
}

/** Does whatever the project's `pawl.config.ts` says. Flags win over the file. */
export async function improve(options: RunOptions): Promise<FixResult | EvolveResult> {
  const { command, budget, ...settings } = await loadConfig(options.root);
  const merged = { ...settings, ...(budget === undefined ? {} : { budget: parseBudget(budget) }), ...options };
  return command === "fix" ? fix(merged as FixOptions) : evolve(merged as unknown as EvolveOptions);
}

async function loadConfig(root: string): Promise<Extract<PawlConfig, { command: string }>> {
  const where = configFile(root);
  if (where === null)
    throw new UsageError({
      what: "there is no pawl.config.ts",
      where: root,
      todo: 'Write one: export default { command: "fix" } — or use `pawl fix` or `pawl evolve`.',
    });
  const config = (await importConfig(where)) as PawlConfig | undefined;
  if (config === undefined || !("command" in config) || (config.command !== "fix" && config.command !== "evolve")) {
    throw new UsageError({
      what: 'the configuration exports no { command: "fix" | "evolve", … } as its default',
      where,
      todo: 'Write: export default { command: "fix" }',
    });
  }
  if (config.command === "evolve" && (config.files === undefined || config.score === undefined)) {
    throw new UsageError({
      what: "an evolve configuration needs `files` and `score`",
      where,
      todo: 'For example: { command: "evolve", files: ["heuristic.js"], score: "node score.js" }',
    });
  }
  return config;
}
