/**
 * Counts how faults of each kind fail, on the `train` half of the code-repair corpus, for the rule classifier of faults. Of a compound task each fault is
 * taken alone. Writes packages/propose/data/fault-classes.json. Never reads a task of the `test` half. Prints the accuracy with each fault left out once.
 */
import { writeFileSync } from "node:fs";
import { countFaults, Languages } from "@pawl/propose";
import { openSandbox } from "@pawl/verify";
import { exampleOf, kindsOf, rankOf, type FaultExample } from "./claims/fault-examples.ts";
import { loadRepairCorpus } from "@pawl/worlds";
import { singleFaultVariants } from "./single-faults.ts";

const languages = await Languages.load();
const sandbox = await openSandbox({ unsafe: true });
const examples: FaultExample[] = [];
for (const task of loadRepairCorpus({ split: "train" }).flatMap(singleFaultVariants)) {
  const example = await exampleOf(task, sandbox, languages);
  if (example === null) continue;
  examples.push(example);
  process.stdout.write(`${task.id} (${example.kind}): ${example.evidence.join(", ")}\n`);
}
const ranks = examples.map((each, i) =>
  rankOf(kindsOf(each, languages, countFaults(examples.toSpliced(i, 1))), each.kind),
);
const within = (most: number): number => ranks.filter((rank) => rank <= most).length;
process.stdout.write(
  `each fault left out once: ${within(1)} of ${ranks.length} right, ${within(3)} among the first three\n`,
);
writeFileSync(
  new URL("../packages/propose/data/fault-classes.json", import.meta.url),
  `${JSON.stringify(countFaults(examples), null, 1)}\n`,
);
process.exit(0);
