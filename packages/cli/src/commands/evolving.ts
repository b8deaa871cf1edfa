import type { CommandSpec } from "../command.ts";
import { BOX_OPTIONS, JSON_OPTION, PLAIN_OPTION, PROJECT_STATE_OPTION } from "../common-options.ts";

const GROUP = "Agents that change themselves:";

export const EVOLVING: readonly CommandSpec[] = [
  {
    name: "agent",
    group: GROUP,
    summary: "evolve repair agents that edit their own code, look at them, let one work here",
    details:
      "`pawl agent improve` makes generations of agents: each changes a copy of its parent, is tested in a sandbox on tasks of its own, and is kept if it still works. `pawl agent list` and " +
      "`pawl agent show <id>` tell what came of it; `pawl agent use <id>` lets an agent work on this project, as `pawl fix --proposer self:<id>`. No model, no network. " +
      "Exit code of improve: 0 when the best agent solves more new tasks than the first, else 1. See docs/guides/self-improving-agent.md.",
    arguments: [
      {
        name: "what",
        text: "improve, list, show or use",
        required: true,
        complete: ["improve", "list", "show", "use"],
      },
      { name: "agent", text: "show and use: id of an agent, or the beginning of it", complete: "nothing" },
    ],
    options: [
      { flags: "--children <number>", text: "improve: agents to make (default: 8)", complete: "nothing" },
      {
        flags: "--stages <numbers>",
        text: "improve: tasks of each stage of their test, with commas (default: 6,18)",
        complete: "nothing",
      },
      {
        flags: "--fresh <number>",
        text: "improve: new tasks on which the first and the best are compared (default: 30)",
        complete: "nothing",
      },
      { flags: "--seed <number>", text: "improve: seed of the random numbers", complete: "nothing" },
      {
        flags: "--from <id>",
        text: "improve: begin with this agent (default: the one Pawl comes with)",
        complete: "nothing",
      },
      { flags: "--resume <run>", text: "improve: go on with a run that was cut off", complete: "nothing" },
      { flags: "--yes", text: "use: do not ask" },
      ...BOX_OPTIONS,
      PROJECT_STATE_OPTION,
      JSON_OPTION,
      PLAIN_OPTION,
    ],
    examples: [
      { line: "pawl agent improve --children 20", text: "ten generations of two" },
      { line: "pawl agent show 3fa9", text: "where it comes from, and every change on the way" },
      { line: "pawl agent use 3fa9 --yes", text: "let it work here: pawl fix --proposer self:3fa9" },
    ],
    load: () => import("../actions/agent.ts"),
  },
];
