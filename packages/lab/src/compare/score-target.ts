import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { sha256, UsageError } from "@pawl/core";
import { evolve, showRun, type EvolveOptions } from "@pawl/improve";
import { removeSnapshot, takeSnapshot } from "@pawl/verify";
import { EVOLVE_PROBLEMS } from "@pawl/worlds";
import type { CompareWorld, Trace } from "./world.ts";

/** What a score is raised of: everything `pawl evolve` asks for, but for how it searches. */
export type ScoreTarget = Pick<
  EvolveOptions,
  | "root"
  | "files"
  | "score"
  | "heldOutScore"
  | "minimize"
  | "objective"
  | "scoreTimeout"
  | "problem"
  | "models"
  | "prompts"
  | "jobs"
  | "isolation"
  | "unsafe"
  | "exclude"
  | "include"
>;

/** How candidates are run. */
export type Machine = Pick<ScoreTarget, "jobs" | "isolation" | "unsafe">;

/** A problem of the world code-evolve, by `code-evolve:<id>`. */
export function evolveWorld(id: string, machine: Machine = {}): CompareWorld {
  const problem = EVOLVE_PROBLEMS.find((each) => `code-evolve:${each.id}` === id);
  if (problem === undefined) throw new RangeError(`there is no world '${id}'`);
  const files = [...problem.files, ...(problem.heldOut?.files ?? [])];
  const texts = files.map((file) => readFileSync(new URL(file, problem.directory), "utf8"));
  const world = scoreWorld(id, problem.title, sha256(JSON.stringify([problem.score, texts])), {
    ...machine,
    files: problem.editable,
    score: problem.score,
    minimize: problem.direction === "minimize",
    ...(problem.heldOut === undefined ? {} : { heldOutScore: problem.heldOut.command }),
    ...(problem.constraints === undefined ? {} : { problem: problem.constraints }),
    root: "",
  });
  return {
    ...world,
    async open(task) {
      const root = mkdtempSync(join(tmpdir(), "pawl-compare-"));
      for (const file of files) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        cpSync(new URL(file, problem.directory), join(root, file));
      }
      const open = await world.openAt(root, task);
      return {
        run: open.run,
        close: async () => {
          await open.close();
          rmSync(root, { recursive: true, force: true });
        },
      };
    },
  };
}

/** The caller's own files and score command. The task is everything in the project: what the score is measured by may be any of it. */
export async function ownScore(target: ScoreTarget): Promise<CompareWorld> {
  for (const file of target.files)
    await readFile(resolve(target.root, file)).catch((cause: unknown) => {
      throw new UsageError({ what: "the file cannot be read", where: file, todo: "Name existing files.", cause });
    });
  const snapshot = await takeSnapshot(target.root, target);
  await removeSnapshot(snapshot);
  const { files, score, heldOutScore = null, objective = null, minimize = false } = target;
  const key = sha256(JSON.stringify([snapshot.hash, files, score, heldOutScore, objective, minimize]));
  const world = scoreWorld("own score", target.score, key, target);
  return { ...world, open: (task) => world.openAt(target.root, task) };
}

function scoreWorld(
  id: string,
  title: string,
  key: string,
  target: ScoreTarget,
): Omit<CompareWorld, "open"> & { openAt(root: string, task: string): ReturnType<CompareWorld["open"]> } {
  return {
    id,
    title,
    measure: "score",
    tasks: [{ id: target.files.join(" "), key: key.slice(0, 12) }],
    // Who may propose depends on the files: `evolve` says so before it starts anything.
    demandProposer: () => {},
    async openAt(root) {
      return {
        async run({ search, proposer }, { seed, evaluations, signal }): Promise<Trace> {
          // A store of its own for each run: none begins with what another one learned.
          const state = mkdtempSync(join(tmpdir(), "pawl-compare-"));
          try {
            const result = await evolve({
              ...target,
              root,
              search,
              proposer,
              seed,
              budget: { evaluations },
              baselines: false,
              state,
              signal,
            });
            const sign = target.minimize === true ? -1 : 1;
            const { attempts } = showRun(state, result.run);
            const objective = target.objective?.split(/[,:]/)[0];
            let best = sign * result.score.before;
            const steps: [number, number][] = [[0, best]];
            let seen = 0;
            for (const { status, scores } of attempts) {
              if (status === "in flight") continue;
              seen += 1;
              const score =
                scores[objective ?? (Object.hasOwn(scores, "score") ? "score" : (Object.keys(scores)[0] ?? ""))];
              if (score === undefined || sign * score <= best) continue;
              best = sign * score;
              steps.push([seen, best]);
            }
            const { heldOut } = result.score;
            return { steps, evaluations: seen, heldOut: heldOut === null ? null : sign * heldOut.after };
          } finally {
            rmSync(state, { recursive: true, force: true });
          }
        },
        close: async () => {},
      };
    },
  };
}
