import type { RepoIssue } from "@pawl/worlds";
import type { IssueTask } from "./issue-bench.ts";

/** Issues that a visible test shows: without one, no patch can be validated. */
function shown(issues: readonly RepoIssue[]): readonly RepoIssue[] {
  return issues.filter(({ failing }) => failing.length > 0);
}

/** Each issue with both of its texts; the ids tell which, and whether the tests are weak. */
export function textsOf(issues: readonly RepoIssue[]): readonly IssueTask[] {
  return shown(issues).flatMap((issue) => [taskOf(issue, "helpful"), taskOf(issue, "misleading")]);
}

/** Each issue once: one text of three is helpful, the others misleading. */
export function mostlyMisleading(issues: readonly RepoIssue[]): readonly IssueTask[] {
  return shown(issues).map((issue, i) => taskOf(issue, i % 3 === 0 ? "helpful" : "misleading"));
}

function taskOf(issue: RepoIssue, text: keyof RepoIssue["issue"]): IssueTask {
  return { id: `${issue.id}/${text}${issue.weak ? "/weak" : ""}`, issue, text: issue.issue[text] };
}
