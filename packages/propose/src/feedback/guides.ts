import type { ArchiveEntry, Critic, CritiqueContext, EditWeights } from "@pawl/core";
import { weightsOf } from "../critics/critique-weights.ts";
import type { Guide } from "./guided-proposer.ts";
import { testsWeights } from "./tests-weights.ts";

/** Judges of the parent's failing tests: how actual and expected results differ. */
export function testsGuide(): Guide {
  return { weights: async ({ verdict }) => testsWeights(verdict) };
}

/** What a critic thinks of the parent. `textsOf` gives the texts of the files that the parent changes. */
export function criticGuide(
  critic: Critic,
  textsOf: (parent: ArchiveEntry) => Readonly<Record<string, string>>,
  context: CritiqueContext,
): Guide {
  return {
    async weights(parent): Promise<EditWeights | undefined> {
      const { candidate, verdict } = parent;
      const critique = await critic.critique({ candidate, files: textsOf(parent) }, verdict, context);
      return critique === null ? undefined : weightsOf(critique);
    },
    learn: ({ candidate, verdict }) => critic.learn?.({ candidate, files: {} }, verdict, context),
  };
}
