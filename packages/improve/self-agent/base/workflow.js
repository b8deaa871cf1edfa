import genome from "./genome.json" with { type: "json" };
import * as dropStatement from "./operators/drop-statement.js";
import * as negateCondition from "./operators/negate-condition.js";
import * as shiftNumber from "./operators/shift-number.js";
import * as swapArithmetic from "./operators/swap-arithmetic.js";
import * as swapComparison from "./operators/swap-comparison.js";
import * as swapLogical from "./operators/swap-logical.js";
import { accept } from "./tools/accept-none.js";
import { changeAgent } from "./tools/change.js";
import { best } from "./tools/choose.js";
import { draw } from "./tools/draw-one.js";
import { applyEdits, changedFiles } from "./tools/edits.js";
import { goOn } from "./tools/fixed-rounds.js";
import { allEdits } from "./tools/sites.js";

/** What `solve` is made of. `modify` adds to the lists, exchanges what stands alone, and takes out again. */
export const parts = {
  operators: [swapComparison, swapArithmetic, swapLogical, shiftNumber, negateCondition, dropStatement],
  locate: [],
  weigh: [],
  draw: draw,
  keep: [],
  accept: accept,
  goOn: goOn,
};

/** Draws for each place in a batch, at most: what `keep` refuses is drawn again. */
const TRIES = 8;

/**
 * Repairs a task: {files, score}, the score being the share of visible tests that pass. Gives the changed files with their new text: those of
 * the best candidate it has seen.
 */
export async function solve(task, host) {
  const run = { task, host, genome, files: task.files, score: task.score, round: 0, stale: 0, tried: [], best: null };
  for (const locate of parts.locate) await locate(run);
  while (parts.goOn(run) && host.meter().vcalls > 0) {
    const batch = await drawBatch(run);
    run.round += 1;
    if (batch.length === 0) break;
    const verdicts = await host.runVisible(batch.map(({ files }) => changedFiles(task.files, files)));
    const judged = verdicts.map((verdict, i) => ({ ...batch[i], ...verdict }));
    run.tried.push(...judged);
    const top = best(judged, ({ score }) => score);
    if (top !== null && (run.best === null || top.score > run.best.score)) run.best = top;
    if (top !== null && top.status === "passed") break;
    parts.accept(run, judged);
  }
  return run.best === null ? {} : changedFiles(task.files, run.best.files);
}

async function drawBatch(run) {
  const pool = await poolOf(run);
  const batch = [];
  for (let tries = genome.batch * TRIES; batch.length < genome.batch && tries > 0; tries -= 1) {
    const edits = parts.draw(pool, run);
    if (edits === null) break;
    const files = withEdits(run.files, edits);
    if (files === null) continue;
    const candidate = { files, edits };
    let kept = true;
    for (const keep of parts.keep) kept = kept && (await keep(candidate, run, batch));
    if (kept) batch.push(candidate);
  }
  return batch;
}

/** The edits of the present files, with the weight each is drawn by. */
async function poolOf(run) {
  const edits = allEdits(run.files, parts.operators, await run.host.parse(run.files));
  const weights = edits.map((edit) => {
    let weight = genome.weights[edit.operator] ?? 1;
    for (const weigh of parts.weigh) weight *= weigh(edit, run, edits);
    return weight;
  });
  return { edits, weights };
}

function withEdits(files, edits) {
  const changed = { ...files };
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const text = applyEdits(
      files[path],
      edits.filter((edit) => edit.path === path),
    );
    if (text === null) return null;
    changed[path] = text;
  }
  return changed;
}

/**
 * Changes an agent, which may be a copy of this one: {files, brief, library}. Makes as many changed copies as the genome says, has the copy's own
 * self-tests run over them when there are several, and gives the changed files of the best.
 */
export async function modify(selfTask, host) {
  const copies = [];
  for (let i = 0; i < genome.screen; i += 1) {
    let { files } = selfTask;
    const changes = 1 + Math.floor(host.rng() * genome.changes);
    for (let n = 0; n < changes; n += 1)
      files = await changeAgent(files, { ...selfTask, operators: parts.operators, genome, host });
    copies.push(files);
  }
  if (copies.length < 2) return changedFiles(selfTask.files, copies[0] ?? selfTask.files);
  const verdicts = await host.runVisible(copies.map((files) => changedFiles(selfTask.files, files)));
  const top = best(
    verdicts.map((verdict, i) => ({ ...verdict, files: copies[i] })),
    ({ score }) => score,
  );
  return changedFiles(selfTask.files, top?.files ?? copies[0]);
}
