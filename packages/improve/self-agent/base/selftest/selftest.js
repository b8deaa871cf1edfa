import { modify, solve } from "../workflow.js";

const BUDGET = 25;

/** A host without anything behind it: candidates are compared with the one right text. */
function toyHost(example, seed) {
  let state = seed;
  let left = BUDGET;
  let parsed = 0;
  return {
    version: 1,
    rng() {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    },
    meter: () => ({ vcalls: left }),
    async parse(files) {
      parsed += 1;
      const known = ([path, text]) => [path, text === example.files[path] ? example.trees[path] : null];
      return Object.fromEntries(Object.entries(files).map(known));
    },
    async suspects() {
      left -= 1;
      return example.suspects;
    },
    async runVisible(batch) {
      const judged = batch.slice(0, left);
      left -= judged.length;
      return judged.map((files) => {
        const right = Object.entries(example.right).every(([path, text]) => files[path] === text);
        return { status: right ? "passed" : "failed", score: right ? 1 : example.score, failing: right ? [] : ["a"] };
      });
    },
    parsed: () => parsed,
  };
}

/** Whether the agent answers with changed texts, whatever the task. */
export async function answers(example) {
  const patch = await solve({ files: example.files, score: example.score }, toyHost(example, 1));
  const texts = Object.entries(patch);
  return texts.length > 0 && texts.every(([path, text]) => typeof text === "string" && text !== example.files[path]);
}

/** Whether it finds the right text, in one of three attempts. */
export async function finds(example) {
  for (let seed = 1; seed <= 3; seed += 1) {
    const patch = await solve({ files: example.files, score: example.score }, toyHost(example, seed));
    if (Object.entries(example.right).every(([path, text]) => patch[path] === text)) return true;
  }
  return false;
}

/** Whether it changes agents at all: here one without any workflow, of which only numbers can be changed. */
export async function modifies(example) {
  const files = { "genome.json": '{ "batch": 8, "weights": {} }\n', ...example.files };
  const selfTask = { files, brief: { about: "unused-budget", text: "" }, library: [] };
  for (let seed = 1; seed <= 8; seed += 1) {
    const patch = await modify(selfTask, toyHost(example, seed));
    if (Object.keys(patch).length > 0) return true;
  }
  return false;
}
