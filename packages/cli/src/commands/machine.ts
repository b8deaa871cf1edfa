import type { CommandSpec } from "../command.ts";
import {
  BOX_OPTIONS,
  JSON_OPTION,
  LOOK_OPTIONS,
  MACHINE_OPTIONS,
  PLAIN_OPTION,
  PROJECT_STATE_OPTION,
  STATE_OPTION,
} from "../common-options.ts";

const GROUP = "This machine:";

export const MACHINE: readonly CommandSpec[] = [
  {
    name: "run-fragment",
    group: GROUP,
    summary: "run a piece of a file that does not run by itself",
    details:
      "Names that nothing defines get values that fit what the lines do with them; definitions of the same file are used where there are any. When a run ends " +
      "with an exception, other values are tried. JavaScript, TypeScript and Python, without a model, in the sandbox; no file is changed. Exit code 1 when an exception is left.",
    arguments: [
      {
        name: "place",
        text: "file, file:10-20 or file:10; lines are those of the file, both included",
        required: true,
        complete: "file",
      },
    ],
    options: [...BOX_OPTIONS, JSON_OPTION, PLAIN_OPTION],
    examples: [
      { line: "pawl run-fragment src/report.ts:40-72", text: "run these lines, and show which of them were executed" },
      { line: "pawl run-fragment snippet.py --json", text: "a snippet from somewhere, as JSON" },
    ],
    load: () => import("../actions/run-fragment.ts"),
  },
  {
    name: "demo",
    group: GROUP,
    summary: "a minute, no key, no network: a bug fixed, a score raised",
    details: "Works on small projects in a temporary folder; your files are not touched.",
    arguments: [],
    options: [...BOX_OPTIONS, JSON_OPTION, PLAIN_OPTION],
    examples: [
      { line: "pawl demo", text: "watch it" },
      { line: "pawl demo --json", text: "the results as JSON" },
    ],
    load: () => import("../actions/demo.ts"),
  },
  {
    name: "doctor",
    group: GROUP,
    summary: "what this machine can do, and how to get the rest",
    details: "Sandbox, languages, models. With --run: is the record of this run whole?",
    arguments: [],
    options: [
      { flags: "--run <run>", text: "check the record of a run instead", complete: "nothing" },
      ...LOOK_OPTIONS,
    ],
    examples: [
      { line: "pawl doctor", text: "try every kind of sandbox and language" },
      { line: "pawl doctor --run fix-3", text: "check what is stored of fix-3" },
    ],
    load: () => import("../actions/doctor.ts"),
  },
  {
    name: "mcp",
    group: GROUP,
    summary: "be the judge of a coding agent, over the Model Context Protocol",
    details:
      "Speaks the protocol on standard input and output, for an agent that is set up to start it. It works in the folder it was started in; the work tree " +
      "changes only when the agent is told to accept a result.",
    arguments: [],
    options: [...MACHINE_OPTIONS, PROJECT_STATE_OPTION],
    examples: [
      { line: "claude mcp add pawl -- pawl mcp", text: "let Claude Code use it in this project" },
      { line: "pawl mcp --jobs 1", text: "one check at a time" },
    ],
    load: () => import("../actions/mcp.ts"),
  },
  {
    name: "lessons",
    group: GROUP,
    summary: "what earlier runs of fix have taught in this project",
    details: "How the failure looked, what did not help, and what repaired it. `pawl fix --lessons` uses them.",
    arguments: [],
    options: [
      { flags: "--forget <keys>", text: "forget these, separated by commas, or all", complete: "nothing" },
      STATE_OPTION,
      JSON_OPTION,
      PLAIN_OPTION,
    ],
    examples: [
      { line: "pawl lessons", text: "the newest first" },
      { line: "pawl lessons --forget all", text: "start anew" },
    ],
    load: () => import("../actions/lessons.ts"),
  },
  {
    name: "reset",
    group: GROUP,
    summary: "forget what was learned from earlier runs",
    details:
      "Pawl learns which edits tend to help, which kinds of mistakes are made, and what models are good at. Runs and their results stay, and so do lessons (`pawl lessons --forget all`) " +
      "and evolved agents.",
    arguments: [],
    options: [
      { flags: "--project", text: "what was learned in this project" },
      { flags: "--user", text: "what was learned in all your projects" },
      STATE_OPTION,
      JSON_OPTION,
      PLAIN_OPTION,
    ],
    examples: [
      { line: "pawl reset --project", text: "this project starts without experience again" },
      { line: "pawl reset --project --user", text: "everything" },
    ],
    load: () => import("../actions/reset.ts"),
  },
  {
    name: "completion",
    group: GROUP,
    summary: "print a completion script for your shell",
    details: "Commands, flags and their values.",
    arguments: [{ name: "shell", text: "bash, zsh or fish", required: true, complete: ["bash", "zsh", "fish"] }],
    options: [],
    examples: [
      { line: 'eval "$(pawl completion bash)"', text: "in ~/.bashrc" },
      { line: "pawl completion zsh > ~/.zfunc/_pawl", text: "with ~/.zfunc in fpath" },
      { line: "pawl completion fish > ~/.config/fish/completions/pawl.fish", text: "for fish" },
    ],
    load: () => import("../actions/completion.ts"),
  },
];
