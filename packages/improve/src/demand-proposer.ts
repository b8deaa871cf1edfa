import { UsageError } from "@pawl/core";
import { asksModels } from "./models.ts";
import { demandAgent } from "./outside-proposers.ts";
import type { RunConfig } from "./run-config.ts";

/** Throws for a proposer that there is not, or that cannot be started; before a run is. `own`: the command's own proposers. */
export function demandProposer({ proposer, root, agent }: RunConfig, own: readonly string[]): void {
  if (proposer.startsWith("agent:")) return demandAgent(proposer, root, agent);
  if (own.includes(proposer) || asksModels(proposer) || proposer === "human") {
    if (agent === undefined) return;
    throw new UsageError({
      what: `the proposer '${proposer}' is no coding agent, and does not take what agents are told`,
      where: "--agent-env, --agent-files, --agent-time, --agent-steps",
      todo: "Leave them out, or name an agent: --proposer agent:<command>.",
    });
  }
  if (proposer.startsWith("self:"))
    throw new UsageError({
      what: "an evolved agent repairs failing tests and does nothing else",
      where: `--proposer ${proposer}`,
      todo: "Use it with `pawl fix`, or name another proposer.",
    });
  throw new UsageError({
    what: `there is no proposer '${proposer}'`,
    where: "--proposer",
    todo: `Choose one of: ${[...own, "model:<id>", "mix", "agent:<command>", "human"].join(", ")}.`,
  });
}
