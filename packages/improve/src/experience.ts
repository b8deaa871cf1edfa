import { homedir } from "node:os";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { Store, type Json, type PawlError } from "@pawl/core";
import { difference, emptyCounts, Prior, UNIFORM_MODEL, type PriorCounts, type PriorModel } from "@pawl/propose";

const NAME = "syntax-prior";

/** Where the experience of all of a user's projects is kept. */
export function userFolder(): string {
  return join(process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "pawl");
}

/** The model trained on the code-repair corpus (its `train` half), part of the installation. */
export function shippedModel(): PriorModel {
  return JSON.parse(readFileSync(new URL("../../propose/data/prior.json", import.meta.url), "utf8")) as PriorModel;
}

/** What a run's syntax proposer knows at its start; recorded, so that a replay knows the same. */
export interface Knowledge {
  readonly model: PriorModel;
  readonly experience: PriorCounts;
}

/** The shipped model, and the user's and the project's experience together. */
export function loadKnowledge(project: Store): Knowledge {
  const model = shippedModel();
  const user = fromUser((store) => countsIn(store)) ?? emptyCounts();
  return { model, experience: new Prior(model, user, countsIn(project)).counts() };
}

/** Adds what a run has learned to the project's and to the user's experience. A user folder that cannot be written is no reason to fail. */
export function saveExperience(project: Store, before: PriorCounts, after: PriorCounts): void {
  const learned = difference(after, before);
  addTo(project, learned);
  fromUser((store) => addTo(store, learned));
}

/** Forgets everything that runs learned: which edits help, which mistakes were made, what models are good at. Lessons and approved agents stay. */
export function resetExperience(options: { readonly project?: string; readonly user?: boolean }): void {
  if (options.project !== undefined) {
    const store = Store.open(options.project, { create: false });
    try {
      store.forgetLearned();
    } finally {
      store.close();
    }
  }
  if (options.user === true) fromUser((store) => store.forgetLearned());
}

function countsIn(store: Store): PriorCounts {
  return (store.learned(NAME) as unknown as PriorCounts | undefined) ?? emptyCounts();
}

function addTo(store: Store, learned: PriorCounts): void {
  store.setLearned(NAME, new Prior(UNIFORM_MODEL, countsIn(store), learned).counts() as unknown as Json);
}

function fromUser<T>(action: (store: Store) => T): T | null {
  let store: Store | null = null;
  try {
    store = Store.open(userFolder());
    return action(store);
  } catch (error) {
    if ((error as PawlError).todo === undefined) throw error;
    return null; // a read-only or damaged user folder: the project's own experience still counts
  } finally {
    store?.close();
  }
}
