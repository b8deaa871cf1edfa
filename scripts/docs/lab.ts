import { fileURLToPath } from "node:url";
import { overview, pagesOf, ResultsStore } from "@pawl/lab";

const DATA = fileURLToPath(new URL("../../docs/data/lab", import.meta.url));

/** Everything of docs/lab that `pawl lab report` writes, by its path there, from the recipes and the results in docs/data/lab. */
export async function labDocuments(): Promise<ReadonlyMap<string, string>> {
  return pagesOf(await overview(new ResultsStore(DATA)));
}
