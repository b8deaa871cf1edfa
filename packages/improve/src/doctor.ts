import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { reachableModels } from "@pawl/propose";
import { BoxGroups, boxGroups, openSandbox, probeSandbox, proveBox, type SandboxProbe } from "@pawl/verify";
import type { DoctorReport } from "./results.ts";

const run = promisify(execFile);
const LAYERING: Readonly<Record<SandboxProbe["layering"], string>> = {
  overlay: "over the project, which is laid under what a candidate writes",
  copy: "over a copy of the project for each box",
};

/** What this machine can do, by trying it. */
export async function doctor(): Promise<DoctorReport> {
  const probes = await probeSandbox();
  const working = probes.filter((probe) => probe.works);
  const [best] = working;
  const groups = boxGroups();
  const properties = best === undefined ? [] : await proveBox(await openSandbox({ prefer: best.isolation }));
  const python = await versionOf("python3", ["--version"]);
  const pytest = python === null ? null : await versionOf("python3", ["-m", "pytest", "--version"]);
  const git = await versionOf("git", ["--version"]);
  const problems: { what: string; todo: string }[] = [];
  if (working.length === 0)
    problems.push({
      what: "no sandbox works here",
      todo: "Install bubblewrap, or allow unprivileged user namespaces. Until then Pawl refuses to run candidates unless --unsafe-no-sandbox is given.",
    });
  for (const { name, detail } of properties.filter(({ holds }) => !holds))
    problems.push({
      what: `the sandbox does not hold (${name}): a candidate ${detail}`,
      todo: "Do not run candidates that you do not trust on this machine, and report this as a fault of Pawl.",
    });
  if (python === null)
    problems.push({ what: "python3 was not found", todo: "Install Python 3.9 or newer to work on Python projects." });
  else if (pytest === null)
    problems.push({
      what: "pytest was not found",
      todo: "Install it (python3 -m pip install pytest) to repair Python projects that test with it.",
    });
  if (git === null)
    problems.push({
      what: "git was not found",
      todo: "Install git: without it Pawl cannot tell ignored files from the project's own, and `pawl branch` does not work.",
    });
  return {
    node: { version: process.versions.node, path: process.execPath },
    isolation: {
      best: best?.isolation ?? "none",
      backends: probes.map(({ isolation, layering, works, reason }) => ({
        name: isolation,
        works,
        reason: works ? LAYERING[layering] : reason,
      })),
      controlGroups:
        groups instanceof BoxGroups
          ? { works: true, detail: `version ${groups.version}: they bound memory and processes of each box as a whole` }
          : { works: false, detail: `memory and processes are bounded for each process alone: ${groups.reason}` },
      properties,
    },
    languages: [
      {
        name: "javascript",
        works: true,
        version: process.versions.node,
        detail: "edited with oxc-parser; tests with node:test, vitest, jest, mocha",
      },
      { name: "typescript", works: true, version: process.versions.node, detail: "as JavaScript" },
      {
        name: "python",
        works: python !== null,
        version: python,
        detail: pytest === null ? "pytest not found" : `pytest ${pytest}`,
      },
    ],
    models: await reachableModels(),
    problems,
  };
}

/** The first number with dots in what the command says; null when it cannot be run. */
async function versionOf(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 20_000 });
    return /\d+(?:\.\d+)+/.exec(stdout + stderr)?.[0] ?? "unknown";
  } catch {
    return null;
  }
}
