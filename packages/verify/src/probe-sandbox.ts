import { mkdir } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { PawlError } from "@pawl/core";
import { openBoxes } from "./boxes.ts";
import { BoxYard, type Layering } from "./box-tree.ts";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Isolation } from "./sandbox.ts";
import { findOnPath, findToolchain } from "./toolchain.ts";

/** One kind of box, tried on this machine. */
export interface SandboxProbe {
  readonly isolation: Isolation;
  readonly layering: Layering;
  readonly works: boolean;
  /** Why it does not work, in the words of the program that failed; empty when it works. */
  readonly reason: string;
}

/** In order of preference. */
export const BOX_KINDS: readonly (readonly [Exclude<Isolation, "none">, Layering])[] = [
  ["bubblewrap", "overlay"],
  ["namespaces", "overlay"],
  ["bubblewrap", "copy"],
  ["namespaces", "copy"],
];

/** Tries every kind of box, for `pawl doctor`. Takes about 0.2 s. */
export async function probeSandbox(): Promise<SandboxProbe[]> {
  const yard = await BoxYard.create(await findToolchain());
  const probes: SandboxProbe[] = [];
  for (const [isolation, layering] of BOX_KINDS) probes.push(await probeKind(yard, isolation, layering));
  return probes;
}

/** Runs `true` in a box of one kind. */
export async function probeKind(
  yard: BoxYard,
  isolation: Exclude<Isolation, "none">,
  layering: Layering,
): Promise<SandboxProbe> {
  const fail = (reason: string): SandboxProbe => ({ isolation, layering, works: false, reason });
  if (process.platform !== "linux") return fail(`boxes need Linux, this is ${process.platform}`);
  const needed = [
    ...(isolation === "bubblewrap" ? ["bwrap"] : ["pivot_root", "umount"]),
    "unshare",
    "setpriv",
    "prlimit",
    "mount",
    "install",
  ];
  const missing = needed.filter(
    (name) => findOnPath(name, "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin") === null,
  );
  if (missing.length > 0) return fail(`not installed: ${missing.join(", ")}`);
  const base = join(yard.home, "empty");
  await mkdir(base, { recursive: true });
  const snapshot = { root: "/project", base, dependencies: [], files: [], hash: "" };
  try {
    const result = await openBoxes(yard, isolation, layering).run(
      { snapshot, files: { probe: "" } },
      { argv: ["sh", "-c", "test -f probe && : > written"] },
      { ...DEFAULT_LIMITS, wallMs: 10_000 },
    );
    if (result.exitCode === 0) return { isolation, layering, works: true, reason: "" };
    return fail(`a box started but did not work: ${result.stderr.trim() || `exit code ${result.exitCode}`}`);
  } catch (error) {
    if (error instanceof PawlError) return fail(`${error.message} [Linux ${release()}]`);
    throw error;
  }
}
