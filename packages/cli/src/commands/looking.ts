import type { CommandSpec } from "../command.ts";
import { LOOK_OPTIONS, MACHINE_OPTIONS, RUN_ARGUMENT } from "../common-options.ts";

const GROUP = "Look at a run, take its result:";

export const LOOKING: readonly CommandSpec[] = [
  {
    name: "runs",
    group: GROUP,
    summary: "list the runs of this project",
    details: "Newest first.",
    arguments: [],
    options: LOOK_OPTIONS,
    examples: [
      { line: "pawl runs", text: "a table" },
      { line: "pawl runs --state ../other/.pawl --json", text: "the runs of another project, as JSON" },
    ],
    load: () => import("../actions/runs.ts"),
  },
  {
    name: "show",
    group: GROUP,
    summary: "what a run did",
    details: "Its result, the attempts that mattered, and where the time went. With --json: every attempt.",
    arguments: [RUN_ARGUMENT],
    options: [
      { flags: "--all", text: "every attempt" },
      { flags: "--tree", text: "what was built on what, where the search was a tree (tree, strategies)" },
      { flags: "--bugs", text: "which kinds of mistakes were made, by whom, and what repaired them" },
      ...LOOK_OPTIONS,
    ],
    examples: [
      { line: "pawl show", text: "the latest run" },
      { line: "pawl show --bugs", text: "what a model or Pawl's own edits get wrong" },
      { line: "pawl show fix-3 --all", text: "every attempt of fix-3" },
    ],
    load: () => import("../actions/show.ts"),
  },
  {
    name: "diff",
    group: GROUP,
    summary: "print the patch of a run",
    details: "A unified diff against the files the run started from, ready for `git apply`.",
    arguments: [RUN_ARGUMENT],
    options: [
      {
        flags: "--candidate <id>",
        text: "another candidate than the best (ids: pawl show --all)",
        complete: "nothing",
      },
      ...LOOK_OPTIONS,
    ],
    examples: [
      { line: "pawl diff", text: "the patch of the latest run" },
      { line: "pawl diff fix-3 | git apply --check", text: "would it apply here?" },
    ],
    load: () => import("../actions/diff.ts"),
  },
  {
    name: "apply",
    group: GROUP,
    summary: "put a run's result onto the work tree",
    details:
      "Changes only the files of the patch, and only if all of them still have the content the run started from; otherwise nothing is changed.",
    arguments: [RUN_ARGUMENT],
    options: LOOK_OPTIONS,
    examples: [
      { line: "pawl apply", text: "the result of the latest run" },
      { line: "pawl apply fix-3", text: "the result of fix-3" },
    ],
    load: () => import("../actions/apply.ts"),
  },
  {
    name: "branch",
    group: GROUP,
    summary: "make a run's result a reviewable branch, one commit for each logical change",
    details:
      "The commit messages hold the evidence. The work tree, the index and the current branch stay as they are; no hook runs.",
    arguments: [RUN_ARGUMENT],
    options: [
      { flags: "--name <branch>", text: "name of the branch (default: pawl/<run>)", complete: "nothing" },
      ...LOOK_OPTIONS,
    ],
    examples: [
      { line: "pawl branch", text: "branch pawl/fix-3 when that is the latest run" },
      { line: "pawl branch fix-3 --name fix-rounding", text: "a name of your own" },
    ],
    load: () => import("../actions/branch.ts"),
  },
  {
    name: "export",
    group: GROUP,
    summary: "write verified data of runs for a trainer",
    details:
      "One JSONL file per split (train, validation, test; all rows of a task in one of them) and a data card, README.md and card.json. Only confirmed verdicts " +
      "count, held-out tests stand in no text, and the same runs give the same bytes. Exit code 1 when there was nothing to write a row of.",
    arguments: [{ name: "runs", text: "names of runs (default: the latest)", variadic: true, complete: "nothing" }],
    options: [
      {
        flags: "--format <name>",
        text: "what the trainer reads",
        complete: ["sft", "dpo", "kto", "grpo", "critique", "corrections"],
        strict: true,
      },
      { flags: "--all", text: "every run of the store" },
      { flags: "--out <folder>", text: "a new or empty folder (default: pawl-export-<format>)", complete: "folder" },
      {
        flags: "--shape <kind>",
        text: "messages for chat templates (default), or plain texts",
        complete: ["conversational", "standard"],
        strict: true,
      },
      {
        flags: "--licence <ids>",
        text: "SPDX identifiers of the code that may be taken, with commas; permissive (default); unknown for code without any",
        complete: "nothing",
      },
      { flags: "--redact", text: "put [secret] in the place of secrets; without it such rows are left out" },
      { flags: "--screened", text: "take failures that were only screened, too; the rows say so" },
      {
        flags: "--split <percents>",
        text: "shares of train, validation and test (default: 80,10,10)",
        complete: "nothing",
      },
      {
        flags: "--per-task <number>",
        text: "rows per task, or completions of a group, at most (default: 16)",
        complete: "nothing",
      },
      ...LOOK_OPTIONS,
    ],
    examples: [
      { line: "pawl export --format sft", text: "the result of the latest run, as a conversation" },
      { line: "pawl export --all --format dpo --screened --out pairs", text: "better against worse, of every run" },
      {
        line: "pawl export --all --format grpo --licence unknown,permissive",
        text: "also of projects that name no licence",
      },
    ],
    load: () => import("../actions/export.ts"),
  },
  {
    name: "submit",
    group: GROUP,
    summary: "hand a change to a run that waits for one, and wait for the verdict",
    details:
      "For runs started with --proposer human. The patch is a unified diff against the files as they were when the run started. It is judged like any other candidate. " +
      "Exit code 0: kept, 1: judged and not kept, 2: not taken, with the reason.",
    arguments: [
      { name: "run", text: "name of the run", required: true, complete: "nothing" },
      { name: "patch", text: "file with the patch; - reads it from standard input", required: true, complete: "file" },
    ],
    options: LOOK_OPTIONS,
    examples: [
      { line: "pawl submit fix-3 change.patch", text: "is this change good?" },
      { line: "git diff | pawl submit fix-3 - --json", text: "from a script: the verdict as JSON" },
    ],
    load: () => import("../actions/submit.ts"),
  },
  {
    name: "resume",
    group: GROUP,
    summary: "go on with a run that was interrupted",
    details: "With the same options and what is left of its budget. At most the evaluations in flight were lost.",
    arguments: [RUN_ARGUMENT],
    options: [...MACHINE_OPTIONS, ...LOOK_OPTIONS],
    examples: [
      { line: "pawl resume", text: "the latest run" },
      { line: "pawl resume evolve-2 --json", text: "evolve-2, report as JSON" },
    ],
    load: () => import("../actions/resume.ts"),
  },
  {
    name: "replay",
    group: GROUP,
    summary: "execute a run again from its record and compare",
    details:
      "Candidates, verdicts and decisions must come out the same, byte for byte. With --recheck the candidates are judged again as well, where that must give the same verdict.",
    arguments: [RUN_ARGUMENT],
    options: [{ flags: "--recheck", text: "judge the candidates again" }, ...MACHINE_OPTIONS, ...LOOK_OPTIONS],
    examples: [
      { line: "pawl replay fix-3", text: "is the record consistent?" },
      { line: "pawl replay fix-3 --recheck --json", text: "do the verdicts still hold here?" },
    ],
    load: () => import("../actions/replay.ts"),
  },
  {
    name: "stop",
    group: GROUP,
    summary: "stop a run that is going on in another terminal",
    details: "The run saves its state and can be resumed.",
    arguments: [RUN_ARGUMENT],
    options: LOOK_OPTIONS,
    examples: [
      { line: "pawl stop", text: "the latest run" },
      { line: "pawl stop fix-3", text: "fix-3" },
    ],
    load: () => import("../actions/stop.ts"),
  },
];
