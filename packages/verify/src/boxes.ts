import { boxArgv } from "./box-argv.ts";
import { bareLaunch } from "./bare-process.ts";
import { type Launch, runLaunch, startLaunch } from "./box-process.ts";
import type { BoxYard, Layering } from "./box-tree.ts";
import type { Command, Limits } from "./process.ts";
import type { BoxContents, Isolation, Sandbox } from "./sandbox.ts";

/** One kind of box, not tried before. `none` is always layered by copy. */
export function openBoxes(yard: BoxYard, isolation: Isolation, layering: Layering): Sandbox {
  const launch = async (contents: BoxContents, command: Command, limits: Limits): Promise<Launch> => {
    const tree = await yard.prepare(contents, layering);
    if (isolation === "none") return bareLaunch(yard, tree, contents, command, limits);
    return {
      argv: await boxArgv({ isolation, yard, tree, contents, command, limits }),
      secrets: command.secrets ?? {},
      cleanUp: () => yard.discard(tree),
    };
  };
  return {
    isolation,
    ownSpace: isolation !== "none" && layering !== "copy",
    run: async (contents, command, limits, signal) =>
      runLaunch(await launch(contents, command, limits), command.stdin ?? "", limits, signal),
    start: async (contents, command, limits) => startLaunch(await launch(contents, command, limits)),
  };
}
