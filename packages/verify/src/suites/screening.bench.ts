// Prints how many candidates per second are screened against ten-test suites. Run: node packages/verify/src/suites/screening.bench.ts
import { performance } from "node:perf_hooks";
import type { Candidate } from "@pawl/core";
import { adapterFor } from "./adapters.ts";
import { TestSuiteCheck } from "./check.ts";
import { discoverTests } from "./discover.ts";
import { openProject, tenTestProject } from "./fixture-project.ts";

const CANDIDATES = 400;
const LANES = 2;
const base: Candidate = { id: "base", changes: [], parents: [], origin: { proposer: "bench", summary: "" } };

for (const language of ["javascript", "python"] as const) {
  const { files, command, source, broken, variants } = tenTestProject(language);
  await using project = await openProject({ ...files, [source]: broken }, command);
  const { runner } = discoverTests(project.root, command);
  const started = performance.now();
  const { check, baseline, coldReason } = await TestSuiteCheck.create(project.context, adapterFor(runner), {
    lanes: LANES,
  });
  const ready = performance.now();
  if (coldReason !== null) throw new Error(coldReason);
  const counts: Record<string, number> = {};
  let cpuMs = 0;
  const judge = async (index: number) => {
    const text = `${variants[index % variants.length]}\n`.repeat(1) + "\n".repeat(index);
    const verdict = await check.screen({ candidate: base, files: { [source]: text } }, AbortSignal.timeout(60_000));
    counts[verdict.status] = (counts[verdict.status] ?? 0) + 1;
    cpuMs += verdict.cost.cpuMs;
  };
  let next = 0;
  const worker = async () => {
    while (next < CANDIDATES) await judge(next++);
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: LANES }, worker));
  const seconds = (performance.now() - begin) / 1000;
  console.log(
    `${runner}: ${(CANDIDATES / seconds).toFixed(0)} screened verdicts/s with ${LANES} lanes (${JSON.stringify(counts)}), ` +
      `${(cpuMs / CANDIDATES).toFixed(1)} ms CPU each; baseline and warm start ${((ready - started) / 1000).toFixed(1)} s, clean run ${baseline.report.wallMs.toFixed(0)} ms; box: ${project.context.sandbox.isolation}`,
  );
  await check.close();
}
