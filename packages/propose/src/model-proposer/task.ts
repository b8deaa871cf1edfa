import type { EditContext } from "../edit-formats/edit-format.ts";
import type { Suspiciousness } from "../localise/suspiciousness.ts";

/** What a model is asked to do; the same for all requests of a run. */
export interface ModelTask {
  /** The last thing the prompt says: what is wanted, in a sentence or two. */
  readonly goal: string;
  /** The template that says what kind of work it is: `system` for repairs, `system-improve` for a score or speed. */
  readonly system: "system" | "system-improve";
  /** What has to pass; empty where there are no tests. */
  readonly failing: readonly { readonly test: string; readonly message?: string }[];
  /** Scores of the base's lines, where they are known. */
  readonly suspiciousness: Suspiciousness;
  /** The function that is to be changed, when it is one. */
  readonly focus?: EditContext["focus"];
  /** Learned from earlier runs, most useful first. */
  readonly lessons?: readonly string[];
}
