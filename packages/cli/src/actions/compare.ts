import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { EXIT, parseBudget, PawlError, UsageError } from "@pawl/core";
import { compare, curveChart, openWorld, ownScore, ownTests, reportFor, RunsFile, type CompareWorld } from "@pawl/lab";
import { searchIds } from "@pawl/search";
import type { Action, Call } from "../command.ts";
import { demandOwnFlags, type FlagOwners } from "../flag-owners.ts";
import { onInterrupt } from "../interrupt.ts";
import { decimal, text, wholeNumber } from "../number-options.ts";
import { compareText } from "../report/compare.ts";
import { list, present, readMachineOptions, projectState } from "../run-options.ts";

const EVALUATIONS = 60;
const SEEDS = 5;

/** Which flags belong to which tasks; the others to all. */
const FLAGS: FlagOwners = {
  world: ["tasks"],
  score: ["score", "minimize", "objective", "heldOutScore"],
  tests: ["test", "heldOut"],
};

const TASKS: Readonly<Record<string, string>> = {
  world: "a world of tasks (--on)",
  score: "a score of one's own (--score, without --on)",
  tests: "tests of one's own (without --on and --score)",
};

export const run: Action = async (call) => {
  const { screen } = call;
  const machine = readMachineOptions(call);
  const world = await worldOf(call, machine);
  const runs = new RunsFile(recordOf(call, world));
  const options = {
    world,
    runs,
    searches: searchesOf(call),
    proposers: list(call, "proposer") ?? ["syntax"],
    evaluations: evaluationsOf(call),
    seeds: wholeNumber(call, "seeds", "--seeds", 1) ?? SEEDS,
    ...present({ tasks: wholeNumber(call, "tasks", "--tasks", 1) }),
  };
  const { signal, release } = onInterrupt(() =>
    screen.note("Stopping; runs that were finished are kept. Press Ctrl-C twice to quit at once."),
  );
  try {
    const report =
      call.options["report"] === true
        ? reportFor(options)
        : await compare({
            ...options,
            // In a project of one's own the checks of a run already use the cores.
            jobs: world.tasks.length > 1 ? (machine.jobs ?? 1) : 1,
            signal,
            say: (line) => screen.note(line),
          });
    const svg = text(call, "svg");
    const picture = svg === undefined ? null : curveChart(report);
    if (svg !== undefined && picture !== null) {
      mkdirSync(dirname(resolve(svg)), { recursive: true });
      writeFileSync(svg, picture);
    }
    screen.document({ ...report, runs: runs.path, svg: picture === null ? null : resolve(svg as string) });
    screen.print(compareText(report, runs.path, screen));
    return report.pairs.measured === report.pairs.wanted ? EXIT.reached : EXIT.notReached;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new PawlError({
      what: "the comparison was interrupted; every run that was finished is kept",
      where: runs.path,
      todo: "Give the same command again to go on, or with --report to see what there is.",
      exitCode: EXIT.interrupted,
      cause: error,
    });
  } finally {
    release();
  }
};

async function worldOf(call: Call, machine: ReturnType<typeof readMachineOptions>): Promise<CompareWorld> {
  const [on, score] = [text(call, "on"), text(call, "score")];
  const files = call.positional;
  const kind = on !== undefined ? "world" : score !== undefined ? "score" : "tests";
  demandOwnFlags(call, FLAGS, kind, {
    line: on === undefined ? "pawl compare" : `pawl compare --on ${on}`,
    owner: (owner) => TASKS[owner] as string,
    help: "pawl compare",
  });
  if (on !== undefined) {
    if (files.length === 0) return openWorld(on, machine);
    throw new UsageError({
      what: "a world has tasks of its own",
      where: `pawl compare ${files.join(" ")} --on ${on}`,
      todo: "Leave out the files, or --on.",
    });
  }
  const root = process.cwd();
  const own = { ...machine, root, exclude: writtenIn(call, root) };
  if (score === undefined)
    return ownTests({
      ...own,
      ...present({
        paths: files.length === 0 ? undefined : files,
        test: text(call, "test"),
        heldOut: decimal(call, "heldOut", "--held-out", 0, 0.5),
      }),
    });
  if (files.length === 0)
    throw new UsageError({
      what: "no file to change was named",
      where: "--score",
      todo: "Name the files that may change: pawl compare heuristic.js --score …",
    });
  return ownScore({
    ...own,
    files,
    score,
    ...present({
      minimize: call.options["minimize"] === true ? true : undefined,
      objective: text(call, "objective"),
      heldOutScore: text(call, "heldOutScore"),
    }),
  });
}

/** What the comparison itself writes into the project: no part of the task, which would be another one after each run. */
function writtenIn(call: Call, root: string): readonly string[] {
  return ["out", "svg"].flatMap((name) => {
    const path = text(call, name);
    const own = path === undefined ? ".." : relative(root, resolve(path));
    return own.startsWith("..") ? [] : [own];
  });
}

function searchesOf(call: Call): readonly string[] {
  const named = list(call, "search") ?? ["hill-climb", "best-of-n"];
  return named.length === 1 && named[0] === "all" ? searchIds().map(({ id }) => id) : named;
}

/** Only evaluations are the same for every arm on every machine. */
function evaluationsOf(call: Call): number {
  const given = text(call, "budget");
  if (given === undefined) return EVALUATIONS;
  const { evaluations, ...others } = parseBudget(given);
  if (evaluations !== undefined && Object.keys(others).length === 0) return evaluations;
  throw new UsageError({
    what: "a comparison needs a budget in evaluations, and nothing else",
    where: `--budget ${given}`,
    todo: "Give a number of candidates: --budget 100.",
  });
}

/** The file of runs; beside those of the project, which git does not see. */
function recordOf(call: Call, { id }: CompareWorld): string {
  const named = text(call, "out");
  if (named !== undefined) return resolve(named);
  const state = projectState(call);
  mkdirSync(state, { recursive: true });
  const ignore = join(state, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return join(state, "compare", `${id.replaceAll(/[^\w-]+/g, "-")}.jsonl`);
}
