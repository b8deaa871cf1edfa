export { compare, reportFor, type CompareOptions } from "./compare.ts";
export { curveChart, curveText } from "./curve-chart.ts";
export { openWorld, WORLDS } from "./open-world.ts";
export type { ArmReport, CompareReport, Estimate } from "./report.ts";
export { RunsFile, type RecordedRun } from "./runs-file.ts";
export { ownScore, type ScoreTarget } from "./score-target.ts";
export { ownTests, type TestTarget } from "./test-target.ts";
export type * from "./world.ts";
