import type { FixPlan } from "./fix-plan.ts";
import type { Hunk, LogicalChange } from "./logical-changes.ts";
import type { ProjectRecord, RecordedRun } from "./record.ts";
import type { FixResult } from "./results.ts";

const MOST_TESTS = 8;
const MOST_PATHS = 5;
const SUBJECT = 72;

/** Message of the commit that holds the whole result. */
export function messageOf(run: RecordedRun, project: ProjectRecord, summary: string): string {
  const verb = run.command === "fix" ? "Fix" : run.command === "speed" ? "Speed up" : "Improve";
  return message(`${verb}: ${summary}`, [whatWasWrong(run, project), evidence(run), origin(run, project)]);
}

/** Messages of the commits of a patch that consists of several changes, in their order. */
export function messagesOf(
  run: RecordedRun,
  project: ProjectRecord,
  changes: readonly LogicalChange[],
): readonly string[] {
  const failing = changes.flatMap((change) => change.repairs);
  return changes.map((change, i) => {
    const left = changes.slice(i + 1).flatMap((each) => each.repairs);
    const part = [
      `Part ${i + 1} of ${changes.length}; each was judged alone.`,
      `This change alone repairs ${change.repairs.length} of ${failing.length} visible failing tests, and breaks none:`,
      ...listed(change.repairs, MOST_TESTS),
      left.length === 0
        ? "With it, and those before it, no visible test fails any more."
        : `After it ${left.length} of them still fail; the next commits repair them.`,
    ];
    const whole = i === changes.length - 1 ? ["Of all parts together:", ...evidence(run)] : [];
    return message(`Fix: ${placesOf(change.hunks)}`, [
      part,
      failureOf(project, change.repairs),
      whole,
      origin(run, project),
    ]);
  });
}

function message(subject: string, paragraphs: readonly (readonly string[])[]): string {
  const whole = subject.replaceAll(/\s+/g, " ");
  const short = whole.length <= SUBJECT ? whole : `${whole.slice(0, SUBJECT - 1)}…`;
  const parts = [[short], ...(short === whole ? [] : [[whole]]), ...paragraphs];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function whatWasWrong({ command }: RecordedRun, project: ProjectRecord): readonly string[] {
  if (command !== "fix") return [];
  const { baseline } = project as FixPlan;
  const failing = baseline?.failing ?? [];
  if (failing.length === 0) return [];
  return [`Failing before: ${failing.length}`, ...listed(failing, MOST_TESTS), ...failureOf(project, failing)];
}

/** What the first of some tests said. */
function failureOf(project: ProjectRecord, tests: readonly string[]): readonly string[] {
  const report = (project as FixPlan).baseline?.report;
  const said = report?.tests
    .find((test) => test.id === tests[0])
    ?.message?.trim()
    .split("\n")[0];
  return said === undefined || said === "" ? [] : [`The first of them said: ${said.slice(0, 200)}`];
}

function evidence({ result }: RecordedRun): readonly string[] {
  if (result === null) return [];
  const lines: string[] = [];
  if ("tests" in result) {
    const { before, after, heldOut } = (result as FixResult).tests;
    lines.push(
      `Tests before: ${before.passed} passed, ${before.failed} failed`,
      `Tests after: ${after.passed} passed, ${after.failed} failed`,
      heldOut === null
        ? "Held-out tests: none were kept back"
        : `Held-out tests: ${heldOut.passed} passed, ${heldOut.failed} failed`,
    );
  } else if ("score" in result) {
    const { before, after, interval } = result.score;
    const gain = interval === null ? "" : ` (95 % interval of the gain: ${interval[0]} to ${interval[1]})`;
    lines.push(`Score before: ${before}`, `Score after: ${after}${gain}`);
    for (const baseline of result.baselines)
      lines.push(`Baseline ${baseline.name}: ${baseline.score} after ${baseline.evaluations} evaluations`);
  }
  lines.push(`Evaluations: ${result.evaluations.screened} screened, ${result.evaluations.confirmed} confirmed`);
  return lines;
}

/** How it was judged, and how to judge it again. */
function origin({ id, command, config, result }: RecordedRun, { git, testLine }: ProjectRecord): readonly string[] {
  const lines: string[] = [];
  if (result !== null)
    lines.push(`Isolation: ${result.isolation}; proposer: ${result.proposer}; search: ${result.search}; run: ${id}`);
  const at = git === undefined || git === null ? "" : ` at ${git.commit.slice(0, 12)}`;
  if (testLine !== undefined) lines.push(`Tests: ${testLine}`);
  lines.push(`To reproduce${at}: ${commandLine(command, config)}`);
  const changed = git?.changed ?? [];
  if (changed.length > 0)
    lines.push(
      `Judged with uncommitted changes, which this branch does not hold: ${listed(changed, MOST_PATHS).join(",").trim()}`,
    );
  return lines;
}

function commandLine(command: string, config: RecordedRun["config"]): string {
  const value = (name: string, flag: string): string[] => {
    const given = config[name];
    if (given === undefined || given === null || given === false) return [];
    return given === true ? [flag] : [flag, quoted(Array.isArray(given) ? given.join(",") : String(given))];
  };
  const files = [config["paths"], config["files"]].flatMap((each) => (Array.isArray(each) ? each.map(String) : []));
  return [
    "pawl",
    command,
    ...files.map(quoted),
    ...value("test", "--test"),
    ...value("score", "--score"),
    ...value("minimize", "--minimize"),
    ...value("editTests", "--edit-tests"),
    ...value("heldOut", "--held-out"),
    ...value("exclude", "--exclude"),
    ...value("include", "--include"),
    ...value("search", "--search"),
    ...value("seed", "--seed"),
  ].join(" ");
}

/** `src/a.js:12` and so on: where, for a change that has no words of its own. */
function placesOf(hunks: readonly Hunk[]): string {
  return hunks.map(({ path, line, text }) => `${path}:${line} ${text.trim()}`.trim()).join("; ");
}

function listed(names: readonly string[], most: number): readonly string[] {
  const more = names.length - most;
  return [...names.slice(0, most).map((name) => `  ${name}`), ...(more > 0 ? [`  and ${more} more`] : [])];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
