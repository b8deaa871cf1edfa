import { agentLineage } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { lineageText } from "../report/agents.ts";
import { projectState } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const lineage = agentLineage(projectState(call), call.positional[0] as string);
  screen.document(lineage);
  screen.print(lineageText(lineage, (line) => nextCommand(call, line), screen));
  return 0;
};
