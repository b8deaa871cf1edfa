import { MachineError, UsageError } from "@pawl/core";
import { BoxYard, type Layering } from "./box-tree.ts";
import { openBoxes } from "./boxes.ts";
import { BoxGroups, boxGroups } from "./cgroup.ts";
import { BOX_KINDS, type SandboxProbe, probeKind } from "./probe-sandbox.ts";
import type { Isolation, Sandbox } from "./sandbox.ts";
import { findToolchain } from "./toolchain.ts";

export interface SandboxOptions {
  /** Take this kind of box, or fail. Default: the best that works here. */
  readonly prefer?: Isolation;
  /** Run candidates without isolation where no box works. */
  readonly unsafe?: boolean;
  /** Take this way of laying files over the snapshot. Default: the overlay where it works. */
  readonly layering?: Layering;
  /** False to leave out the kernel's control groups. Default: they bound every box where they can be used. */
  readonly controlGroups?: boolean;
}

/**
 * Opens the best sandbox of this machine: bubblewrap, else the same box built with util-linux. Tries it once.
 * @throws MachineError (exit code 3) when none works and `unsafe` is not set; UsageError when no isolation is wanted and `unsafe` is not set
 */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  if (options.prefer === "none" && options.unsafe !== true)
    throw new UsageError({
      what: "without isolation, candidates run on this machine with no protection, and that was not allowed",
      where: "--isolation none",
      todo: "Add --unsafe-no-sandbox, or leave both out: then the best sandbox of this machine is used.",
    });
  const yard = await BoxYard.create(await findToolchain());
  const usable = options.controlGroups === false ? null : boxGroups();
  const groups = usable instanceof BoxGroups ? usable : null;
  const failed: SandboxProbe[] = [];
  for (const [isolation, layering] of BOX_KINDS) {
    if ((options.prefer ?? isolation) !== isolation || (options.layering ?? layering) !== layering) continue;
    const probe = await probeKind(yard, isolation, layering);
    if (probe.works) return openBoxes(yard, isolation, layering, groups);
    failed.push(probe);
  }
  if (options.unsafe === true) return openBoxes(yard, "none", "copy");
  throw new MachineError({
    what: `${options.prefer === undefined ? "No sandbox works" : `The sandbox '${options.prefer}' does not work`} on this machine, so candidates cannot be run safely.`,
    where: failed.map((probe) => `${probe.isolation} with ${probe.layering}: ${probe.reason}`).join("; "),
    todo: "Install bubblewrap (`apt-get install bubblewrap`) or allow unprivileged user namespaces; or pass --unsafe-no-sandbox to run them without isolation.",
  });
}
