import { CLUSTERS, overview, STAGES, STATUSES, statusOf, type SystemState } from "@pawl/lab";
import type { Action } from "../command.ts";
import { oneOf, openResults } from "../lab-options.ts";
import { labTable } from "../report/lab.ts";

const dashed = (status: string): string => status.replaceAll(" ", "-");

export const run: Action = async (call) => {
  const { screen } = call;
  const cluster = oneOf(call, "cluster", CLUSTERS);
  const stage = oneOf(call, "stage", STAGES);
  const status = oneOf(call, "status", ["built", ...STATUSES.map(dashed)]);
  const fits = (state: SystemState): boolean =>
    (cluster === undefined || state.entry.cluster === cluster) &&
    (stage === undefined || state.built?.system.stages.some((each) => each === stage) === true) &&
    (status === undefined || (status === "built" ? state.built !== null : dashed(statusOf(state)) === status));
  const store = openResults(call);
  const states = (await overview(store)).filter(fits);
  screen.document(
    states.map(({ entry, built }) => ({
      id: entry.id,
      title: entry.title,
      cluster: entry.cluster,
      built: built !== null,
      outcome: built?.report.outcome ?? null,
      quickSeconds: built?.quickSeconds ?? null,
    })),
  );
  screen.print(labTable(states, store.folder, screen));
  return 0;
};
