import type { CommandSpec } from "../command.ts";
import { JSON_OPTION, MACHINE_OPTIONS, PLAIN_OPTION, PROJECT_STATE_OPTION, SEARCHES } from "../common-options.ts";

export const COMPARING: readonly CommandSpec[] = [
  {
    name: "compare",
    group: "Published systems, measured in miniature:",
    summary: "strategies side by side, under equal budgets",
    details:
      "Every search with every proposer on the same tasks, with the same seeds and the same number of evaluations, and the first of them once more with other random numbers, so that one sees how " +
      "large chance is. The tasks are those of a world (--on), your own failing tests, or your own score (--score and files). What is on record is not measured again: call it again to go on, " +
      "or with more seeds.",
    arguments: [
      {
        name: "files",
        text: "with --score: files that may change; with your own tests: files and folders that may change",
        variadic: true,
        complete: "file",
      },
    ],
    options: [
      {
        flags: "--search <ids>",
        text: "searches, separated by commas, or all (default: hill-climb,best-of-n); the others are measured against the first",
        complete: [...SEARCHES, "all"],
      },
      {
        flags: "--proposer <ids>",
        text: "who makes candidates, separated by commas (default: syntax); in code-repair also syntax-uniform (no learned prior) and syntax-novel (nothing nearly the same); elsewhere as for evolve or fix",
        complete: ["syntax", "syntax-uniform", "syntax-novel", "mix", "cma-es", "local-search", "gaussian"],
      },
      {
        flags: "--on <world>",
        text: "a world of tasks (default: your own tests, or your own score)",
        complete: [
          "code-repair",
          "code-repair-compound",
          "code-evolve:bin-packing-weibull",
          "code-evolve:bin-packing-uniform",
          "code-evolve:circle-packing",
          "code-evolve:tour",
          "code-evolve:sorting-network",
        ],
      },
      { flags: "--budget <evaluations>", text: "candidates a run may evaluate (default: 60)", complete: "nothing" },
      { flags: "--seeds <number>", text: "runs of each arm on each task (default: 5)", complete: "nothing" },
      {
        flags: "--tasks <number>",
        text: "only so many tasks of the world, evenly spread (default: all)",
        complete: "nothing",
      },
      { flags: "--score <command>", text: "your own target: command that prints the score", complete: "nothing" },
      { flags: "--minimize", text: "with --score: lower is better" },
      {
        flags: "--objective <name>",
        text: "with --score: which number of a JSON object counts (default: score, else the first)",
        complete: "nothing",
      },
      {
        flags: "--held-out-score <command>",
        text: "with --score: score on instances that no search sees",
        complete: "nothing",
      },
      {
        flags: "--test <command>",
        text: "your own tests: the command (default: found in the project)",
        complete: "nothing",
      },
      {
        flags: "--held-out <share>",
        text: "your own tests: share kept back until the end of each run, 0 to 0.5 (default: 0.2 where there are enough)",
        complete: "nothing",
      },
      {
        flags: "--out <file>",
        text: "where runs are recorded, one JSON line each (default: compare/<world>.jsonl in the folder of --state)",
        complete: "file",
      },
      { flags: "--svg <file>", text: "write the anytime curves as a picture", complete: "file" },
      { flags: "--report", text: "measure nothing, report what is on record" },
      ...MACHINE_OPTIONS,
      PROJECT_STATE_OPTION,
      JSON_OPTION,
      PLAIN_OPTION,
    ],
    examples: [
      {
        line: "pawl compare --search hill-climb,beam,best-of-n --on code-repair-compound --tasks 10 --seeds 2",
        text: "three searches on ten programs with several faults",
      },
      {
        line: 'pawl compare heuristic.js --search hill-climb,annealing --score "node score.js" --budget 100',
        text: "which search raises my own score?",
      },
      { line: "pawl compare --search all --budget 200 --svg curves.svg", text: "all of them on my failing tests" },
    ],
    load: () => import("../actions/compare.ts"),
  },
];
