import type { TestReport } from "@pawl/verify";
import type { IssueFinding } from "./issue.ts";

/** What was found out on the way to a plan. */
export interface Findings {
  readonly issue?: IssueFinding;
  readonly staticNotes: readonly string[];
  /** Files that do not parse. */
  readonly left: readonly string[];
  /** Parts of the test command that are not run. */
  readonly leftOut: readonly string[];
  /** Tests that fail before any code of the project runs, and the report that says why. */
  readonly beyond: readonly string[];
  readonly report: TestReport;
  readonly flaky: readonly string[];
  /** On files that are not copied. */
  readonly ignored: readonly string[];
  /** Why nothing is screened in warm processes; null where it is. */
  readonly coldReason: string | null;
}

/** Things the person should know before the search begins, one line each. */
export function notesOn(findings: Findings): readonly string[] {
  const { issue, staticNotes, left, leftOut, beyond, report, flaky, ignored, coldReason } = findings;
  return [
    ...(issue === undefined ? [] : [issueNote(issue)]),
    ...staticNotes,
    ...(left.length > 0 ? [`left alone, since they do not parse: ${left.slice(0, 5).join(", ")}`] : []),
    ...(leftOut.length > 0 ? [`not run, since it judges something else than behaviour: ${leftOut.join(", ")}`] : []),
    ...(beyond.length > 0
      ? [
          `${beyond.length} tests fail before any code of the project runs, and are left out: ${beyond.slice(0, 3).join(", ")}: ${messageOf(report, beyond[0])}`,
        ]
      : []),
    ...(flaky.length > 0 ? [`${flaky.length} flaky tests are left out: ${flaky.slice(0, 5).join(", ")}`] : []),
    ...ignored,
    ...(coldReason === null ? [] : [`screening in fresh boxes, which is slower: ${coldReason}`]),
  ];
}

function issueNote({ located }: IssueFinding): string {
  return located.length === 0
    ? "the issue's text leads to no function of the project; the tests alone say where to look"
    : `the issue and the tests lead to: ${located.join(", ")}`;
}

function messageOf(report: TestReport, id: string | undefined): string {
  return (report.tests.find((test) => test.id === id)?.message ?? "no message").split("\n")[0] as string;
}
