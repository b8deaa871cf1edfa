import { type Baseline, calibrate, disagreement, ending, settleBaseline } from "./baseline.ts";
import type { RunnerAdapter, SuiteContext, TestReport, WarmSuite } from "./types.ts";

/** How long requests to a warm lane may take, milliseconds. A candidate that hangs costs one of these. */
export interface ScreenLimits {
  /** For the formerly failing tests. */
  readonly failingMs: number;
  /** For all others together. */
  readonly restMs: number;
  /** For the next result. */
  readonly silenceMs: number;
}

export interface StartedLanes {
  readonly lanes: readonly WarmSuite[];
  readonly limits: ScreenLimits | null;
  /** Settled: tests that differ between the clean and another run are known as flaky. */
  readonly baseline: Baseline;
  /** Why there are no lanes; null when there are. */
  readonly coldReason: string | null;
}

export interface LaneOptions {
  readonly lanes: number;
  /** Project-relative paths of what candidates may change: the tests must notice when all of it is broken. */
  readonly sources?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

const LEAST_MS = 1000;
/** Parses in no language. */
const BROKEN = "(\n";
/** Of what the unchanged project took: a repaired test may do more than one that failed early, and the machine may be busy. */
const REQUEST_FACTOR = 10;
const SILENCE_FACTOR = 5;

/**
 * Starts warm lanes, if the warm suite says the same about the unchanged project as the user's command does. Its first run is the second
 * run that shows which tests are flaky; only when the two disagree, or nothing is warm, the user's command runs once more.
 */
export async function startLanes(
  context: SuiteContext,
  adapter: RunnerAdapter,
  baseline: Baseline,
  { lanes: count, sources = [], signal }: LaneOptions,
): Promise<StartedLanes> {
  let known = baseline;
  let coldReason = adapter.startWarm === undefined ? `${adapter.id} has no warm runner` : "no lanes were asked for";
  const ways =
    adapter.startWarm === undefined || count < 1 ? [] : adapter.canCollectAll === true ? [false, true] : [false];
  for (const collectAll of ways) {
    const start = async () => adapter.startWarm?.(context, baseline.report, collectAll) ?? { reason: coldReason };
    const first = await start();
    if ("reason" in first) {
      coldReason = first.reason;
      break;
    }
    let trusted = false;
    try {
      const tried = await tryLane(first, known, sources, () => settleBaseline(context, adapter, known, signal), signal);
      known = tried.baseline;
      if ("reason" in tried) coldReason = tried.reason;
      else {
        trusted = true;
        const others = await Promise.all(Array.from({ length: count - 1 }, start));
        const lanes = [first, ...others.filter((lane): lane is WarmSuite => !("reason" in lane))];
        return { lanes, limits: tried.limits, baseline: known, coldReason: null };
      }
    } finally {
      if (!trusted) await first.close();
    }
  }
  return { lanes: [], limits: null, baseline: await settleBaseline(context, adapter, known, signal), coldReason };
}

type Tried = { readonly baseline: Baseline } & ({ readonly limits: ScreenLimits } | { readonly reason: string });

/** Holds what a lane says about the unchanged project, all of it and the failing tests alone, against what the user's command said. */
async function tryLane(
  lane: WarmSuite,
  baseline: Baseline,
  sources: readonly string[],
  settle: () => Promise<Baseline>,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const calibration = await calibrate(lane, baseline, signal);
  if ("reason" in calibration) return { baseline, reason: calibration.reason };
  const agrees = disagreement(calibration.report, baseline) === null;
  const settled = agrees ? { ...baseline, settled: true } : await settle();
  const reason = disagreement(calibration.report, settled);
  if (reason !== null) return { baseline: settled, reason };
  const failing = ending(settled);
  const alone = await lane.run({ files: {}, tests: failing, timeoutMs: baseline.timeoutMs }, signal);
  const apart = missing(failing, calibration.report, alone);
  if (apart !== null) return { baseline: settled, reason: `${apart} is not found when the failing tests run alone` };
  if (sources.length > 0 && !(await noticesChanges(lane, calibration.report, baseline, sources, signal)))
    return {
      baseline: settled,
      reason: "the tests do not load the sources themselves, but what the test command makes of them",
    };
  const silenceMs = Math.ceil(Math.max(LEAST_MS, SILENCE_FACTOR * calibration.silenceMs));
  const limits = {
    failingMs: Math.ceil(Math.max(silenceMs, REQUEST_FACTOR * alone.wallMs)),
    restMs: Math.ceil(Math.max(LEAST_MS, REQUEST_FACTOR * calibration.wallMs)),
    silenceMs,
  };
  return { baseline: settled, limits };
}

/** A known-bad candidate: what does not fail by it runs something else than the sources (the output of a build), and would say the same of every candidate. */
async function noticesChanges(
  lane: WarmSuite,
  unchanged: TestReport,
  baseline: Baseline,
  sources: readonly string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const files = Object.fromEntries(sources.map((path) => [path, BROKEN]));
  const tests = [...ending(baseline), ...baseline.passing];
  const broken = await lane.run({ files, tests, timeoutMs: baseline.timeoutMs }, signal);
  return broken.timedOut || said(broken) !== said(unchanged);
}

function said({ tests, errors }: TestReport): string {
  return JSON.stringify([tests.map(({ id, status, message }) => [id, status, message]).sort(), errors]);
}

/** The first of the tests that the one report has and the other has not. */
function missing(tests: readonly string[], whole: TestReport, part: TestReport): string | null {
  const [all, some] = [whole, part].map((report) => new Set(report.tests.map((test) => test.id)));
  return tests.find((id) => all?.has(id) === true && some?.has(id) !== true) ?? null;
}
