import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseBudget } from "@pawl/core";
import { latestRun, type RunOptions } from "@pawl/improve";
import { packageRoot, workspaceRoot } from "@pawl/verify";
import type { Call } from "./command.ts";
import { text, wholeNumber } from "./number-options.ts";

/**
 * Folder of the store a command writes into: the one named, else `.pawl` of this project, which is where `pawl fix` writes and looks for agents. A store
 * of a folder above belongs to another project.
 */
export function projectState(call: Call): string {
  const named = text(call, "state");
  return named === undefined ? join(workspaceRoot(packageRoot(process.cwd())), ".pawl") : resolve(named);
}

/** Folder of the store a command looks at: the one named, else the nearest `.pawl` from here upwards, else `.pawl` here. */
export function stateFolder(call: Call): string {
  const named = text(call, "state");
  if (named !== undefined) return resolve(named);
  const here = process.cwd();
  for (let folder = here; ; folder = dirname(folder)) {
    const state = join(folder, ".pawl");
    if (existsSync(state)) return state;
    if (folder === dirname(folder)) return join(here, ".pawl");
  }
}

/** The run a command is about: the one named, else the latest. */
export function runOf(call: Call, state: string): string {
  return call.positional[0] ?? latestRun(state);
}

/** The options every search has in common; what was not given is left out, so that defaults and configuration files count. */
export function readRunOptions(call: Call): Present<Omit<RunOptions, "root" | "signal" | "onProgress">> {
  const budget = text(call, "budget");
  return present({
    state: text(call, "state") === undefined ? undefined : projectState(call),
    budget: budget === undefined ? undefined : parseBudget(budget),
    seed: wholeNumber(call, "seed", "--seed", 0),
    search: text(call, "search"),
    proposer: text(call, "proposer"),
    exclude: list(call, "exclude"),
    include: list(call, "include"),
    ...readMachineOptions(call),
  });
}

/** How candidates are run on this machine. */
export function readMachineOptions(call: Call): Present<Pick<RunOptions, "jobs" | "isolation" | "unsafe">> {
  return present({
    jobs: wholeNumber(call, "jobs", "--jobs", 1),
    isolation: text(call, "isolation") as RunOptions["isolation"],
    unsafe: call.options["unsafeNoSandbox"] === true ? true : undefined,
  });
}

/** Values with commas between them. */
export function list(call: Call, name: string): readonly string[] | undefined {
  return text(call, name)
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined. */
export function present<T extends object>(options: T): Present<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Present<T>;
}
