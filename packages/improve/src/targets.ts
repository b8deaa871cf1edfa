import { FixEnvironment } from "./fix-environment.ts";
import type { FixOptions } from "./options.ts";
import { failingOf, suspectsOf, testLineOf, type FailingTest } from "./work-task.ts";

/** What `fix` would work on. */
export interface FixTargets {
  readonly root: string;
  readonly testLine: string;
  readonly failing: readonly FailingTest[];
  readonly passing: number;
  /** Tests kept back until the end; the failing ones among them are not listed. */
  readonly heldOut: number;
  /** Files that may change. */
  readonly editable: readonly string[];
  /** `path:line`, most suspicious first. */
  readonly suspicious: readonly string[];
  readonly isolation: string;
  readonly notes: readonly string[];
}

/** Runs the tests and says what fails, what may be changed and where to look. Nothing is recorded. Throws as `fix` does. */
export async function findTargets(
  options: FixOptions & { readonly onPhase?: (phase: string) => void },
): Promise<FixTargets> {
  await using environment = await FixEnvironment.open(options);
  const plan = await environment.plan(options.seed ?? 1, options.onPhase ?? (() => {}));
  return {
    root: plan.root,
    testLine: testLineOf(plan),
    failing: failingOf(plan),
    passing: plan.baseline.passing.length,
    heldOut: plan.split.heldOut.length,
    editable: Object.keys(plan.sources).sort(),
    suspicious: suspectsOf(plan).map(({ path, line }) => `${path}:${line}`),
    isolation: plan.isolation,
    notes: plan.notes,
  };
}
