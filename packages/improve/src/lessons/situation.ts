import type { Feedback, Target, Candidate } from "@pawl/core";
import type { Suspiciousness } from "@pawl/propose";
import type { FixPlan } from "../fix-plan.ts";
import type { Situation } from "./lesson.ts";

/** Lines that are looked at: enough for the words around the fault, not those of the whole project. */
const MOST_LINES = 40;
const NEIGHBOURS = 1;

/** The texts of the most suspicious lines of all files, the most suspicious first. */
export function suspiciousCode(sources: Readonly<Record<string, string>>, suspicion: Suspiciousness): string {
  const lines = Object.entries(sources).flatMap(([path, text]) =>
    text.split("\n").map((line, i) => ({ line, score: suspicion[path]?.[i] ?? 0 })),
  );
  return lines
    .filter(({ line, score }) => score > 0 && line.trim() !== "")
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_LINES)
    .map(({ line }) => line)
    .join("\n");
}

/** What a `fix` run knows of the failure when it starts. Held-out tests stay out. */
export function situationOf(plan: FixPlan): Situation {
  const shown = new Set(plan.split.failing);
  const failures = plan.baseline.report.tests
    .filter((test) => shown.has(test.id))
    .map(({ id, message = "", expected, actual }): Feedback => ({
      kind: "test",
      name: id,
      message,
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
    }));
  return { failures, code: suspiciousCode(plan.sources, plan.suspiciousness) };
}

/** The lines of the base that a candidate changes, with their neighbours. */
export function changedCode(target: Target, candidate: Candidate): string {
  return candidate.changes
    .map(({ path, start, end }) => {
      const text = target.baseText(path);
      const lines = text.split("\n");
      const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length - 1;
      return lines.slice(Math.max(0, lineAt(start) - NEIGHBOURS), lineAt(end) + NEIGHBOURS + 1).join("\n");
    })
    .join("\n");
}
