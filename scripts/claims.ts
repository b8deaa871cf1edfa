/** `npm run claims [-- name …] [-- --quick]`: the long claims of the documentation, measured. */
import { claimCritics } from "./claims/critics.ts";
import { claimBandit } from "./claims/bandit.ts";
import { claimEditFormats } from "./claims/edit-formats.ts";
import { claimEvolve } from "./claims/evolve.ts";
import { claimFaults } from "./claims/faults.ts";
import { claimFragments } from "./claims/fragments.ts";
import { claimKill } from "./claims/kill.ts";
import { claimLessons } from "./claims/lessons.ts";
import { claimLocalise } from "./claims/localise.ts";
import { claimModels } from "./claims/models.ts";
import { claimRealLibraries } from "./claims/real-libraries.ts";
import { claimOrphans } from "./claims/orphans.ts";
import { claimRealModel } from "./claims/real-model.ts";
import { claimRepair } from "./claims/repair.ts";
import { claimSmallModel } from "./claims/small-model.ts";
import { claimSoak } from "./claims/soak.ts";
import { claimSpeed } from "./claims/speed.ts";

const CLAIMS: Readonly<Record<string, (quick: boolean) => Promise<void>>> = {
  kill: claimKill,
  localise: claimLocalise,
  repair: claimRepair,
  evolve: claimEvolve,
  speed: claimSpeed,
  orphans: claimOrphans,
  soak: claimSoak,
  fragments: claimFragments,
  "edit-formats": claimEditFormats,
  critics: claimCritics,
  faults: claimFaults,
  models: claimModels,
  bandit: claimBandit,
  lessons: claimLessons,
  "real-libraries": claimRealLibraries,
  "real-model": claimRealModel,
  "small-model": claimSmallModel,
};

const quick = process.argv.includes("--quick");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = wanted.find((name) => CLAIMS[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`there is no claim '${unknown}'; choose from: ${Object.keys(CLAIMS).join(", ")}\n`);
  process.exit(2);
}
for (const [name, claim] of Object.entries(CLAIMS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`== ${name}${quick ? " (quick)" : ""}\n`);
  await claim(quick);
}
process.exit(process.exitCode ?? 0);
