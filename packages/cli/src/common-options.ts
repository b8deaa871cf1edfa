import type { ArgumentSpec, OptionSpec } from "./command.ts";

export const JSON_OPTION: OptionSpec = {
  flags: "--json",
  text: "print one JSON document on stdout; progress goes to stderr",
};

/** Of commands that look at what is stored. */
export const STATE_OPTION: OptionSpec = {
  flags: "--state <folder>",
  text: "folder where runs are kept (default: the nearest .pawl from here upwards)",
  complete: "folder",
};

/** Of commands that store something. */
export const PROJECT_STATE_OPTION: OptionSpec = {
  ...STATE_OPTION,
  text: "folder where runs are kept (default: .pawl of this project)",
};

export const PLAIN_OPTION: OptionSpec = { flags: "--plain", text: "no colours, no redrawn lines" };

/** Of commands that look at stored runs. */
export const LOOK_OPTIONS: readonly OptionSpec[] = [STATE_OPTION, JSON_OPTION, PLAIN_OPTION];

export const UNSAFE_OPTION: OptionSpec = {
  flags: "--unsafe-no-sandbox",
  text: "run the candidates' code on this machine without any protection",
};

/** How candidates are run. */
export const BOX_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--isolation <kind>",
    text: "insist on one kind of sandbox (none: only with --unsafe-no-sandbox)",
    complete: ["bubblewrap", "namespaces", "none"],
    strict: true,
  },
  UNSAFE_OPTION,
];

/** Of commands that judge candidates. */
export const MACHINE_OPTIONS: readonly OptionSpec[] = [
  { flags: "--jobs <number>", text: "checks at the same time (default: one per core)", complete: "nothing" },
  ...BOX_OPTIONS,
];

/** The registered searches, as help and completion offer them without loading them; a test compares. */
export const SEARCHES = [
  "hill-climb",
  "map-elites",
  "tree",
  "strategies",
  "nsga2",
  "beam",
  "annealing",
  "thompson",
  "ucb",
  "curiosity",
  "iad",
  "evolve-batch",
  "late-acceptance",
  "turns",
  "linear",
  "linear-restart",
  "best-of-n",
  "best-of-n-pairs",
  "random",
];

/** Of commands that search. */
export const RUN_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--search <id>",
    text: `what to try next and what to keep: hill-climb (default), ${SEARCHES.slice(1).join(", ")}`,
    complete: SEARCHES,
  },
  {
    flags: "--budget <limits>",
    text: "what the run may spend: 200 (evaluations), 90s, 5m, 1h, 500000tok, 2usd, or several: 200,5m; replaces the default as a whole",
    complete: "nothing",
  },
  { flags: "--seed <number>", text: "seed of the random numbers", complete: "nothing" },
  {
    flags: "--exclude <paths>",
    text: "files, folders or globs that boxes do not get, separated by commas",
    complete: "file",
  },
  {
    flags: "--include <paths>",
    text: "those that boxes get although git ignores them: the output of a build, settings for the tests",
    complete: "file",
  },
  ...MACHINE_OPTIONS,
  PROJECT_STATE_OPTION,
  JSON_OPTION,
  PLAIN_OPTION,
];

export const RUN_ARGUMENT: ArgumentSpec = {
  name: "run",
  text: "name of the run (default: the latest)",
  complete: "nothing",
};
