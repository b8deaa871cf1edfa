import { SCRATCH_BYTES, boxArgv } from "./box-argv.ts";
import { bareLaunch } from "./bare-process.ts";
import { type Launch, runLaunch, startLaunch } from "./box-process.ts";
import type { BoxYard, Layering } from "./box-tree.ts";
import type { BoxGroups } from "./cgroup.ts";
import type { Command, Limits } from "./process.ts";
import type { BoxContents, Isolation, Sandbox } from "./sandbox.ts";

/** One kind of box, not tried before. `none` is always layered by copy, and in no group. */
export function openBoxes(
  yard: BoxYard,
  isolation: Isolation,
  layering: Layering,
  groups: BoxGroups | null = null,
): Sandbox {
  const launch = async (contents: BoxContents, command: Command, limits: Limits): Promise<Launch> => {
    const tree = await yard.prepare(contents, layering);
    if (isolation === "none") return bareLaunch(yard, tree, contents, command, limits);
    const group = groups?.open(limits, SCRATCH_BYTES) ?? null;
    return {
      argv: await boxArgv({ isolation, yard, tree, contents, command, limits, group }),
      secrets: command.secrets ?? {},
      group,
      cleanUp: async () => {
        group?.end();
        await yard.discard(tree);
      },
    };
  };
  return {
    isolation,
    boundsWhole: isolation !== "none" && groups !== null,
    ownSpace: isolation !== "none" && layering !== "copy",
    run: async (contents, command, limits, signal) =>
      runLaunch(await launch(contents, command, limits), command.stdin ?? "", limits, signal),
    start: async (contents, command, limits) => startLaunch(await launch(contents, command, limits)),
  };
}
