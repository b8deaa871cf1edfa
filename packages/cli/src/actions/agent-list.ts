import { isApproved, readAgentRuns, shareSolved } from "@pawl/improve";
import type { Action } from "../command.ts";
import { agentsText } from "../report/agents.ts";
import { projectState } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const state = projectState(call);
  const runs = readAgentRuns(state).map(({ run: id, state: word, archive, children, report }) => ({
    run: id,
    state: word,
    children: children.length,
    report,
    agents: archive.all().map((agent) => ({
      id: agent.id,
      parent: agent.parent,
      solved: shareSolved(agent.card),
      of: agent.card.scores.length,
      children: archive.children(agent.id).length,
      brief: agent.brief?.about ?? null,
      approved: isApproved(state, agent.id),
    })),
    broken: children
      .filter(({ working }) => !working)
      .map(({ n, parent, brief, why, tripped }) => ({ n, parent, brief: brief.about, why, tripped })),
  }));
  screen.document({ runs });
  screen.print(agentsText(runs, screen));
  return 0;
};
