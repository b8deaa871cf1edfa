import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Rng } from "@pawl/core";
import type { Arguments, InputFamily } from "@pawl/verify";
import { DISTRIBUTIONS, type Distribution } from "./inputs.ts";
import { TASKS } from "./tasks.ts";

/** A slow function of the code-speed world, with everything needed to call it. */
export interface SpeedTask {
  readonly id: string;
  readonly language: "javascript" | "typescript" | "python";
  readonly split: "train" | "test";
  /** Name and text of its file. */
  readonly file: string;
  readonly source: string;
  readonly call: string;
  /** Small calls, of every distribution, and empty ones. */
  readonly examples: readonly Arguments[];
  readonly family: InputFamily;
}

const LANGUAGES = { js: "javascript", ts: "typescript", py: "python" } as const;

/** The tasks, in order. Operators may be looked at on the `train` half only. */
export function loadSpeedCorpus(options: { readonly split?: SpeedTask["split"] } = {}): readonly SpeedTask[] {
  const folder = tasksFolder();
  return TASKS.map(({ file, call, sizes, make }, i): SpeedTask => ({
    id: file.replace(/\.\w+$/, "").replaceAll("_", "-"),
    language: LANGUAGES[file.slice(0, 2) as keyof typeof LANGUAGES],
    split: i % 2 === 0 ? "train" : "test",
    file,
    source: readFileSync(join(folder, file), "utf8"),
    call,
    examples: DISTRIBUTIONS.flatMap((kind) =>
      [0, 2, 6].map((n) => make(kind, sizes[0] + n, Rng.of(0, "example", file, kind, n))),
    ),
    family: {
      distributions: DISTRIBUTIONS,
      sizes,
      make: (distribution, size, rng) => make(distribution as Distribution, size, rng),
    },
  })).filter((task) => options.split === undefined || task.split === options.split);
}

function tasksFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const tasks = join(folder, "code-speed", "tasks");
    if (existsSync(tasks)) return tasks;
    if (dirname(folder) === folder) throw new Error("the folder code-speed/tasks is missing from this package");
  }
}
