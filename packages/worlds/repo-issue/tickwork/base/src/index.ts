export { Scheduler } from "./scheduler/scheduler.ts";
export { parseCron } from "./cron/parse.ts";
export { nextRun } from "./cron/next.ts";
export { JobStore } from "./jobs/store.ts";
