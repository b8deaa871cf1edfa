import type { CommandSpec, OptionSpec } from "../command.ts";
import { JSON_OPTION, MACHINE_OPTIONS, PLAIN_OPTION } from "../common-options.ts";

const GROUP = "Find the fault:";

const LOOKING: readonly OptionSpec[] = [
  { flags: "--test <command>", text: "test command (default: found in the project)", complete: "nothing" },
  { flags: "--most <number>", text: "longest list (default: 5)", complete: "nothing" },
  { flags: "--exclude <paths>", text: "files, folders or globs to leave out, separated by commas", complete: "file" },
  { flags: "--include <paths>", text: "those to look at although git ignores them", complete: "file" },
  ...MACHINE_OPTIONS,
  JSON_OPTION,
  PLAIN_OPTION,
];

export const LOCATING: readonly CommandSpec[] = [
  {
    name: "locate",
    group: GROUP,
    summary: "rank files and methods by what an issue says",
    details:
      "Looks through names, signatures, documentation, paths and the structure of the code, with no model. The localisers with sbfl in their name run the tests " +
      "in a sandbox and count what failing tests execute. Nothing is changed, and nothing is recorded.",
    arguments: [
      { name: "issue", text: "file with the text of an issue, or the text itself", required: true, complete: "file" },
    ],
    options: [
      {
        flags: "--localiser <id>",
        text: "bm25 (default), repo-map, union, text, sbfl, search, search+sbfl, hierarchical or hierarchical+sbfl",
        complete: [
          "bm25",
          "repo-map",
          "union",
          "text",
          "sbfl",
          "search",
          "search+sbfl",
          "hierarchical",
          "hierarchical+sbfl",
        ],
      },
      ...LOOKING,
    ],
    examples: [
      { line: "pawl locate issue.md", text: "where may the fault be that this text reports?" },
      {
        line: 'pawl locate "parseDate() loses the time zone" --localiser search+sbfl',
        text: "the same, with what the failing tests execute",
      },
    ],
    load: () => import("../actions/locate.ts"),
  },
  {
    name: "why",
    group: GROUP,
    summary: "rank the methods that make a test fail",
    details:
      "Runs the tests in a sandbox, records which lines each of them executes, and ranks the methods by what the failing test executes more than " +
      "the passing ones do (Ochiai). Nothing is changed, and nothing is recorded.",
    arguments: [
      {
        name: "test",
        text: "name of a failing test, or a part that only one of them has",
        required: true,
        complete: "nothing",
      },
    ],
    options: LOOKING,
    examples: [
      { line: 'pawl why "adds tax"', text: "what does this test run that the passing ones do not?" },
      { line: 'pawl why "adds tax" --most 10 --json', text: "ten methods, as JSON" },
    ],
    load: () => import("../actions/why.ts"),
  },
];
