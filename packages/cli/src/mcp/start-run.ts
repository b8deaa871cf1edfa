import { parseBudget, UsageError } from "@pawl/core";
import { evolve, fix, speed, type RunOptions, type RunResult, type Watched } from "@pawl/improve";
import { z } from "zod";
import { present } from "../run-options.ts";

export const PATHS = z
  .array(z.string())
  .optional()
  .describe(
    "only these files and folders may change, and of them what the failing tests execute (default: all of that); with `score`: the files that may change",
  );
export const TEST = z.string().optional().describe("test command (default: found in the project)");

/** What `start_run` is told: which command, by what is given, and its options. */
export const START_RUN = {
  proposer: z.enum(["human", "syntax"]).default("human"),
  paths: PATHS,
  test: TEST,
  score: z
    .string()
    .optional()
    .describe("raise the number that this command prints last (a number, or a JSON object of numbers)"),
  minimize: z.boolean().optional().describe("with `score`: lower is better"),
  goal: z.number().optional().describe("with `score`: the run ends when it is reached"),
  function: z.string().optional().describe("path/to/file.ts#name: make this function faster"),
  budget: z.string().optional().describe("200 (evaluations), 90s, 5m, or several: 200,5m; replaces the whole default"),
  held_out: z.number().min(0).max(0.5).optional().describe("share of the tests kept back until the end"),
  issue: z.string().optional().describe("the text that reports the fault: it says where to look first"),
  search: z.string().optional().describe('"hill-climb", "tree", …: see `pawl fix --help`'),
};

type Input = z.infer<z.ZodObject<typeof START_RUN>>;

/** The run that an agent asked for, ready to begin. Throws a UsageError when it is not clear which. */
export function runAskedFor(input: Input, place: Pick<RunOptions, "root" | "jobs" | "isolation" | "unsafe">) {
  const { proposer, budget, search, paths, test, score, minimize, goal, function: target, issue } = input;
  const common = { ...place, ...present({ search, budget: budget === undefined ? undefined : parseBudget(budget) }) };
  if (score !== undefined && target !== undefined)
    throw new UsageError({
      what: "a run raises a score or makes a function faster, not both",
      todo: "Give `score` with `paths`, or `function`.",
    });
  if (score !== undefined && (paths ?? []).length === 0)
    throw new UsageError({
      what: "it is not said which files may change",
      todo: "Name them: `paths`, beside `score`.",
    });
  return (watched: Watched): Promise<RunResult> => {
    if (score !== undefined)
      return evolve({ ...common, ...watched, proposer, score, files: paths ?? [], ...present({ minimize, goal }) });
    if (target !== undefined)
      return speed({
        ...common,
        ...watched,
        target,
        proposer: proposer === "human" ? proposer : "speed",
        ...present({ test }),
      });
    return fix({ ...common, ...watched, proposer, ...present({ paths, test, issue, heldOut: input.held_out }) });
  };
}
