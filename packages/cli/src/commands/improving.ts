import type { CommandSpec, OptionSpec } from "../command.ts";
import { RUN_OPTIONS, UNSAFE_OPTION } from "../common-options.ts";

const GROUP = "Make something better:";

const APPLY: OptionSpec = {
  flags: "--apply",
  text: "put the result onto the work tree (only files of the patch, only if they are unchanged since the start)",
};

const OUTSIDE = 'a coding agent: "agent:<command>", agent:claude-code, agent:codex, agent:gemini; human: you';
const OUTSIDE_NAMES = ["human", "agent:claude-code", "agent:codex", "agent:gemini"];

const FIX_PROPOSER: OptionSpec = {
  flags: "--proposer <id>",
  text: `who makes candidates: syntax (default); a language model: model:<id>; mix: syntax and the models of pawl.config.ts (default where there are any); an evolved agent (pawl agent use): self:<id>; ${OUTSIDE}`,
  complete: ["syntax", "mix", ...OUTSIDE_NAMES],
};

const AGENT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--agent-env <names>",
    text: "environment variables that a coding agent gets, separated by commas: its key; nobody else sees them",
    complete: "nothing",
  },
  {
    flags: "--agent-files <paths>",
    text: "files and folders outside of the project that a coding agent may read, separated by commas",
    complete: "file",
  },
  {
    flags: "--agent-time <seconds>",
    text: "longest time for one piece of work of a coding agent (default: 1200)",
    complete: "nothing",
  },
  {
    flags: "--agent-steps",
    text: "judge each commit that a coding agent makes in its copy as a candidate of its own, and then the whole",
  },
];

const SPEED_PROPOSER: OptionSpec = {
  flags: "--proposer <id>",
  text: `who makes candidates: speed (default), or random edits as a control; a language model: model:<id>; mix: speed and the models of pawl.config.ts (default where there are any); ${OUTSIDE}`,
  complete: ["speed", "random", "mix", ...OUTSIDE_NAMES],
};

const EVOLVE_PROPOSER: OptionSpec = {
  flags: "--proposer <id>",
  text: `who makes candidates: syntax (default for programs); for a file of numbers cma-es, local-search, gaussian or basin-hopping; a language model: model:<id>; mix: syntax and the models of pawl.config.ts (default for programs where there are any); ${OUTSIDE}`,
  complete: ["syntax", "mix", "cma-es", "local-search", "gaussian", "basin-hopping", ...OUTSIDE_NAMES],
};

export const IMPROVING: readonly CommandSpec[] = [
  {
    name: "fix",
    group: GROUP,
    summary: "make failing tests pass",
    details:
      "Finds the test command of the project, looks for the fault, tries changes in a sandbox, and keeps a change only when the tests say so in a fresh box. " +
      "A share of the tests is kept back and run once, at the end. The work tree stays as it is unless you say --apply.",
    arguments: [
      {
        name: "paths",
        text: "only these files and folders may change, and of them source files that failing tests execute, at most 20 (default: all that they execute)",
        variadic: true,
        complete: "file",
      },
    ],
    options: [
      {
        flags: "--test <command>",
        text: "test command (default: found in the project)",
        complete: "nothing",
      },
      {
        flags: "--held-out <share>",
        text: "share of the tests kept back until the end, 0 to 0.5 (default: 0.2 where there are enough)",
        complete: "nothing",
      },
      {
        flags: "--test-timeout <seconds>",
        text: "longest time for one run of all tests (default: 300)",
        complete: "nothing",
      },
      { flags: "--edit-tests", text: "allow changes to test files" },
      {
        flags: "--issue <file>",
        text: "text that reports the fault: what it leads to is tried sooner, and models, agents and people get to read it",
        complete: "file",
      },
      {
        flags: "--lessons",
        text: "let lessons of earlier runs say what to try first; the report tells whether they helped",
      },
      {
        flags: "--feedback <level>",
        text: "how much of a failure the next proposal is told: simple (right or wrong), tests (default for models), trace (and what a failing test runs), explanation (and the model's own account of the code, asked first)",
        complete: ["simple", "tests", "trace", "explanation"],
        strict: true,
      },
      {
        flags: "--critics <names>",
        text: "who has a say before the next proposal, separated by commas: rules, value, taxonomy, model (default: nobody)",
        complete: ["rules", "value", "taxonomy", "model"],
      },
      APPLY,
      FIX_PROPOSER,
      ...AGENT_OPTIONS,
      ...RUN_OPTIONS,
    ],
    examples: [
      { line: "pawl fix", text: "find the failing tests of this project and repair what they execute" },
      {
        line: 'pawl fix src --issue issue.md --test "npm test" --budget 5m',
        text: "only files under src, with a report that says what goes wrong, five minutes at most",
      },
      { line: "pawl fix --apply --json", text: "for scripts: change the files, report as JSON" },
    ],
    load: () => import("../actions/fix.ts"),
  },
  {
    name: "evolve",
    group: GROUP,
    summary: "raise (or lower) a score",
    details:
      "The score command runs in the project; the last line of its output is a number, or a JSON object of numbers. A gain counts when fresh, paired " +
      "measurements confirm it. Baselines under the same budget are part of the report.",
    arguments: [{ name: "files", text: "files that may change", required: true, variadic: true, complete: "file" }],
    options: [
      { flags: "--score <command>", text: "command that prints the score (required)", complete: "nothing" },
      { flags: "--minimize", text: "lower is better" },
      {
        flags: "--objective <names>",
        text: "which numbers of a JSON object count (default: score, else the first): bins, or bins:min,seconds:min:0.05 for a gain in either, where seconds may get 0.05 worse",
        complete: "nothing",
      },
      {
        flags: "--blocks",
        text: "only what stands between the comments `pawl:block name` and `pawl:end` may change, one block at a time",
      },
      {
        flags: "--problem <module>",
        text: "module whose export `problem` describes bounds and constraints, for basin hopping on a file of numbers",
        complete: "file",
      },
      {
        flags: "--held-out-score <command>",
        text: "score on instances the search never sees; run once before and once after",
        complete: "nothing",
      },
      {
        flags: "--score-timeout <seconds>",
        text: "longest time for one run of the score command (default: 20 times what the start takes, 10 to 60)",
        complete: "nothing",
      },
      {
        flags: "--min-gain <amount>",
        text: "smallest gain worth keeping, in the score's unit",
        complete: "nothing",
      },
      { flags: "--goal <score>", text: "stop as soon as this score is reached", complete: "nothing" },
      { flags: "--no-baselines", text: "do not spend the same budget on a baseline for comparison" },
      APPLY,
      EVOLVE_PROPOSER,
      ...AGENT_OPTIONS,
      ...RUN_OPTIONS,
    ],
    examples: [
      { line: 'pawl evolve heuristic.ts --score "node score.js"', text: "raise the number that score.js prints" },
      {
        line: 'pawl evolve pack.py --score "python3 score.py" --minimize --objective bins --budget 500,10m',
        text: "fewer bins, at most 500 evaluations and ten minutes",
      },
      {
        line: 'pawl evolve rule.js --score "node score.js" --blocks --objective score,size:min --search nsga2',
        text: "marked blocks against two numbers at once; the report names every candidate that none beats in both",
      },
    ],
    load: () => import("../actions/evolve.ts"),
  },
  {
    name: "speed",
    group: GROUP,
    summary: "make a function faster, with the same behaviour",
    details:
      "Learns what the function is called with from the project's tests (or from --cases), profiles it, and tries rewrites of the hottest lines. A rewrite must first do " +
      "the same on recorded and generated calls; then its CPU time, read from outside of the sandbox, is measured against the function's in fresh pairs.",
    arguments: [
      { name: "function", text: "path/to/file.ts#name of an exported function", required: true, complete: "file" },
    ],
    options: [
      {
        flags: "--cases <file>",
        text: "JSON file with calls, one array of arguments for each (default: the calls that the tests make)",
        complete: "file",
      },
      { flags: "--test <command>", text: "test command (default: found in the project)", complete: "nothing" },
      {
        flags: "--min-gain <share>",
        text: "smallest share of the time that must be saved (default: 0.05)",
        complete: "nothing",
      },
      {
        flags: "--expert <who>",
        text: "who reviews every measured rewrite and says what to try next: scripted (rules), me (asks you: keep, veto, or another idea), none (default)",
        complete: ["scripted", "me", "none"],
        strict: true,
      },
      APPLY,
      SPEED_PROPOSER,
      ...AGENT_OPTIONS,
      ...RUN_OPTIONS,
    ],
    examples: [
      { line: "pawl speed src/text.ts#slugify", text: "a faster slugify, with the calls that the tests make" },
      {
        line: "pawl speed src/text.ts#slugify --expert me",
        text: "measured suggestions, which you keep, veto or steer",
      },
      {
        line: "pawl speed stats.py#ranks --cases calls.json --apply",
        text: "calls from a file; write the result into the work tree",
      },
    ],
    load: () => import("../actions/speed.ts"),
  },
  {
    name: "matrix",
    group: GROUP,
    summary: "run the tests with several versions of a dependency",
    details:
      "The versions are installed outside of the project, once, and shown to the tests in place of the one that is there; nothing in the project is changed. " +
      "Works for packages of npm and of Python, whichever the tests are written for. Only the installation uses the network, as npm or pip is configured here. It needs a sandbox.",
    arguments: [{ name: "dependency", text: "name of the package", required: true, complete: "nothing" }],
    options: [
      {
        flags: "--versions <list>",
        text: "exact versions or ranges, with commas: 3.10.1,4.17.21 or 1.x,2.x (default: the oldest release and the newest of each major that package.json allows; for a Python package they have to be named)",
        complete: "nothing",
      },
      {
        flags: "--bisect",
        text: "find the release at which the tests begin or cease to pass: --versions names a range or its two ends (default: the range in package.json)",
      },
      { flags: "--fix", text: "search a patch that passes with all of them" },
      {
        flags: "--held-out <share>",
        text: "with --fix: share of the tests kept back until the end, 0 to 0.5 (default: 0.2 where there are enough)",
        complete: "nothing",
      },
      { flags: "--test <command>", text: "test command (default: found in the project)", complete: "nothing" },
      {
        flags: "--test-timeout <seconds>",
        text: "longest time for one run of all tests (default: 300)",
        complete: "nothing",
      },
      // Versions are shown by the sandbox: there is no doing without.
      ...RUN_OPTIONS.filter((option) => option !== UNSAFE_OPTION),
    ],
    examples: [
      { line: "pawl matrix lodash --versions 3.x,4.x", text: "does this project work with both?" },
      { line: "pawl matrix semver --versions 5.7.2,7.7.1 --fix", text: "make it work with both" },
      { line: "pawl matrix numpy --versions 1.x,2.x --bisect", text: "a Python project: which release broke it?" },
    ],
    load: () => import("../actions/matrix.ts"),
  },
  {
    name: "improve",
    group: GROUP,
    summary: "do what pawl.config.ts says",
    details:
      "The file's default export names the command, fix or evolve, and its options; `defineConfig` of the package pawl gives it its type. " +
      "Flags given here win over the file.",
    arguments: [],
    options: [APPLY, EVOLVE_PROPOSER, ...RUN_OPTIONS],
    examples: [
      { line: "pawl improve", text: "read pawl.config.ts (or .mts, .js, .mjs) of this folder" },
      { line: "pawl improve --budget 100 --json", text: "a smaller budget than the file says, report as JSON" },
    ],
    load: () => import("../actions/improve.ts"),
  },
];
