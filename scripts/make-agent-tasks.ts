/** Makes the tasks that agents are evolved on: `node scripts/make-agent-tasks.ts`. Needed again when the corpus or the base agent changes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSandbox } from "@pawl/verify";
import { makeBenchmark } from "./agent-tasks/make.ts";
import { benchmarkText } from "../packages/improve/src/self-agent/tasks.ts";
import { AGENT_DATA } from "../packages/improve/src/self-agent/workspace.ts";

const benchmark = await makeBenchmark(await openSandbox(), new AbortController().signal);
writeFileSync(join(AGENT_DATA, "tasks.json"), benchmarkText(benchmark));
for (const name of ["training", "fresh"] as const) {
  const kinds = Object.groupBy(benchmark[name], ({ kind }) => kind);
  const counts = Object.entries(kinds).map(([kind, tasks]) => `${tasks?.length ?? 0} ${kind}`);
  console.log(`${name}: ${benchmark[name].length} tasks (${counts.join(", ")})`);
}
process.exit(0);
