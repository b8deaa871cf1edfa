import { EXIT, UsageError } from "@pawl/core";
import { agentLineage, approveAgent, demandHonest } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { lineageText } from "../report/agents.ts";
import { projectState } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const state = projectState(call);
  const lineage = agentLineage(state, call.positional[0] as string);
  demandHonest(state, lineage.agent);
  const next = (line: string): string => nextCommand(call, line);
  if (call.options["yes"] !== true) {
    if (screen.json || process.stdin.isTTY !== true)
      throw new UsageError({
        what: "somebody has to look at an agent before it works on real code, and nobody can be asked here",
        where: `pawl agent use ${lineage.agent}`,
        todo: `Look at it with \`${next(`agent show ${lineage.agent}`)}\`, then add --yes.`,
      });
    screen.print(lineageText(lineage, next, screen));
    const { confirm, isCancel } = await import("@clack/prompts");
    const answer = await confirm({ message: "Let this agent propose changes in this project?", initialValue: false });
    if (isCancel(answer) || !answer) {
      screen.print("Not used.");
      return EXIT.notReached;
    }
  }
  const agent = approveAgent(state, lineage.agent);
  screen.document({ agent, approved: true });
  screen.print(`Agent ${agent} may work here: ${next(`fix --proposer self:${agent}`)}`);
  return EXIT.reached;
};
