import type { CommandSpec } from "../command.ts";
import { JSON_OPTION, PLAIN_OPTION } from "../common-options.ts";

const GROUP = "Published systems, measured in miniature:";

export const LAB: readonly CommandSpec[] = [
  {
    name: "lab",
    group: GROUP,
    summary: "list, run and report the systems of the lab",
    details:
      "`pawl lab list` shows all of them; `pawl lab run <id>` measures the arms of a system with several seeds and settles its claim; `pawl lab report` writes a page for each. " +
      "What is on record is not measured again, so an interrupted measurement goes on where it was; only the quick form begins anew. Exit code of run: 0 reproduced or reported only, 1 not reproduced or a precondition failed; " +
      "with --quick 0 when it ran, for the quick form proves only that, and with --arms 0 when those were measured and no outcome can be given.",
    arguments: [
      { name: "what", text: "list, run or report", required: true, complete: ["list", "run", "report"] },
      { name: "systems", text: "run: ids of systems, or all", variadic: true, complete: "nothing" },
    ],
    options: [
      {
        flags: "--cluster <name>",
        text: "list: only systems of this cluster",
        complete: [
          "code-agents",
          "code-learning",
          "self-training",
          "critics-and-agents",
          "reinforcement-learning",
          "continual-and-embodied",
        ],
      },
      {
        flags: "--stage <name>",
        text: "list: only systems that do something at this stage of the loop; known of those that are built",
        complete: ["propose", "verify", "critique", "select", "learn", "remember"],
      },
      {
        flags: "--status <name>",
        text: "list: only systems of this status; built is all but not-built",
        complete: [
          "built",
          "not-built",
          "not-measured",
          "reproduced",
          "not-reproduced",
          "precondition-failed",
          "reported-only",
        ],
      },
      {
        flags: "--seeds <number>",
        text: "run: seeds of each arm (default: the recipe's own number, mostly 5; 1 with --quick)",
        complete: "nothing",
      },
      { flags: "--quick", text: "run: the smallest honest configuration; proves that it runs, and judges nothing" },
      { flags: "--arms <ids>", text: "run: only these arms, separated by commas", complete: "nothing" },
      { flags: "--again", text: "run: measure what is on record once more" },
      { flags: "--jobs <number>", text: "run: arms at the same time (default: 2)", complete: "nothing" },
      {
        flags: "--results <folder>",
        text: "where results are kept (default: docs/data/lab within Pawl's own repository, else .pawl/lab)",
        complete: "folder",
      },
      {
        flags: "--out <folder>",
        text: "report: a new or empty folder for the pages, as Markdown, or one with an earlier report (default: docs/lab within Pawl's own repository, else lab-report)",
        complete: "folder",
      },
      {
        flags: "--site <folder>",
        text: "report: write the pages as a static site as well, to be opened from the disk, into such a folder",
        complete: "folder",
      },
      JSON_OPTION,
      PLAIN_OPTION,
    ],
    examples: [
      { line: "pawl lab list --cluster code-agents", text: "what there is about code agents, and how it stands" },
      { line: "pawl lab run self-debug --quick", text: "does this system run here?" },
      { line: "pawl lab report --site site", text: "the pages, and the same as HTML in the folder site" },
    ],
    load: () => import("../actions/lab.ts"),
  },
];
