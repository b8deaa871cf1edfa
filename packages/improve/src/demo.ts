import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MachineError } from "@pawl/core";
import { doctor } from "./doctor.ts";
import { evolve } from "./evolve.ts";
import { fix } from "./fix.ts";
import type { RunOptions } from "./options.ts";
import type { EvolveResult, FixResult } from "./results.ts";

export interface DemoOptions extends Pick<RunOptions, "signal" | "onProgress" | "unsafe" | "isolation"> {
  readonly onStep?: (text: string) => void;
}

export interface DemoReport {
  readonly steps: readonly {
    readonly title: string;
    readonly command: string;
    readonly folder: string;
    readonly result: FixResult | EvolveResult;
  }[];
  readonly skipped: readonly { readonly title: string; readonly reason: string }[];
  readonly seconds: number;
}

/** A minute, no key, no network: two bugs fixed, a score raised. Works on copies of the examples, which stay for a look. */
export async function demo(options: DemoOptions = {}): Promise<DemoReport> {
  const started = performance.now();
  const { onStep, ...shared } = options;
  const folder = mkdtempSync(join(tmpdir(), "pawl-demo-"));
  const steps: DemoReport["steps"][number][] = [];
  const skipped: DemoReport["skipped"][number][] = [];
  const take = (example: string): string => {
    const place = join(folder, example);
    cpSync(join(examplesFolder(), example), place, {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|__pycache__|\.pawl|\.pytest_cache)$/.test(path),
    });
    commitAll(place);
    return place;
  };

  const library = take("npm-library");
  onStep?.("A JavaScript library whose tests fail");
  steps.push({
    title: "A JavaScript library whose tests fail",
    command: "pawl fix",
    folder: library,
    result: await fix({ root: library, seed: 1, ...shared }),
  });

  const pythonTitle = "A Python package whose tests fail";
  const python = (await doctor()).languages.find((language) => language.name === "python");
  if (python?.works === true && /^pytest \d/.test(python.detail)) {
    const place = take("python-package");
    onStep?.(pythonTitle);
    steps.push({
      title: pythonTitle,
      command: "pawl fix",
      folder: place,
      result: await fix({ root: place, seed: 1, ...shared }),
    });
  } else
    skipped.push({
      title: pythonTitle,
      reason: python?.works === true ? "pytest was not found" : "python3 was not found",
    });

  const packing = take("bin-packing");
  const title = "A bin-packing heuristic that could be better";
  onStep?.(title);
  steps.push({
    title,
    command: 'pawl evolve heuristic.js --score "node score.js" --budget 60',
    folder: packing,
    result: await evolve({
      root: packing,
      files: ["heuristic.js"],
      score: "node score.js",
      heldOutScore: "node score.js held-out.json",
      // The evaluations decide, so that the demo ends in the same way everywhere; the seconds are for a machine that is very slow.
      budget: { evaluations: 60, seconds: 60 },
      baselines: true,
      seed: 1,
      ...shared,
    }),
  });
  return { steps, skipped, seconds: Math.round((performance.now() - started) / 100) / 10 };
}

/** In the published package the examples lie inside of it; in the repository, at its root. */
function examplesFolder(): string {
  const places = ["../examples", "../../../examples"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new MachineError({ what: "the examples are not part of this installation", todo: "Install Pawl again." });
  return found;
}

/** A repository of its own, so that `pawl branch` works there. Without git the demo does, too. */
function commitAll(folder: string): void {
  const git = (...args: string[]): void =>
    void execFileSync("git", ["-c", "user.name=demo", "-c", "user.email=demo@example.invalid", ...args], {
      cwd: folder,
      stdio: "ignore",
    });
  try {
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "The example as it is");
  } catch {
    // Only `pawl branch` needs it.
  }
}
