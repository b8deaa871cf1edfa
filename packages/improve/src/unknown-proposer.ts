import { UsageError } from "@pawl/core";

export function unknownProposer(id: string, known: readonly string[] = ["syntax"]): UsageError {
  return new UsageError({
    what: `there is no proposer '${id}'`,
    where: "--proposer",
    todo: `Choose one of: ${known.join(", ")}. None of them needs a model.`,
  });
}
