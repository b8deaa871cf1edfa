import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseBudget, UsageError } from "@pawl/core";
import { evolve } from "./evolve.ts";
import { fix } from "./fix.ts";
import type { EvolveOptions, FixOptions, RunOptions } from "./options.ts";
import type { EvolveResult, FixResult } from "./results.ts";

type Settings<T> = Omit<T, "root" | "state" | "signal" | "onProgress" | "budget"> & {
  /** `200`, `90s`, … */ readonly budget?: string;
};

/** What `pawl.config.ts` exports. */
export type PawlConfig =
  | ({ readonly command: "fix" } & Settings<FixOptions>)
  | ({ readonly command: "evolve" } & Settings<EvolveOptions>);

/** Gives a configuration its type; returns it as it is. */
export function defineConfig(config: PawlConfig): PawlConfig {
  return config;
}

const NAMES = ["pawl.config.ts", "pawl.config.mts", "pawl.config.js", "pawl.config.mjs"];

/** Does whatever the project's `pawl.config.ts` says. Flags win over the file. */
export async function improve(options: RunOptions): Promise<FixResult | EvolveResult> {
  const { command, budget, ...settings } = await loadConfig(options.root);
  const merged = { ...settings, ...(budget === undefined ? {} : { budget: parseBudget(budget) }), ...options };
  return command === "fix" ? fix(merged as FixOptions) : evolve(merged as unknown as EvolveOptions);
}

async function loadConfig(root: string): Promise<PawlConfig> {
  const name = NAMES.find((each) => existsSync(join(root, each)));
  if (name === undefined)
    throw new UsageError({
      what: "there is no pawl.config.ts",
      where: root,
      todo: 'Write one: export default { command: "fix" } — or use `pawl fix` or `pawl evolve`.',
    });
  const where = join(root, name);
  let config: PawlConfig | undefined;
  try {
    config = ((await import(pathToFileURL(where).href)) as { default?: PawlConfig }).default;
  } catch (cause) {
    throw new UsageError({
      what: `the configuration cannot be loaded: ${(cause as Error).message}`,
      where,
      todo: "Repair the file.",
      cause,
    });
  }
  if (config === undefined || (config.command !== "fix" && config.command !== "evolve")) {
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
