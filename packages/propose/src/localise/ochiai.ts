/** What one test executed: project-relative path → 1-based lines. */
export interface TestTrace {
  readonly passed: boolean;
  readonly hits: Readonly<Record<string, readonly number[]>>;
}

/** Suspiciousness in [0, 1] by path and 1-based line; lines that no test executes are absent. */
export type LineScores = ReadonlyMap<string, ReadonlyMap<number, number>>;

/**
 * Ochiai (Abreu, Zoeteweij & van Gemund 2006): failed(line) / sqrt(all failed × (failed(line) + passed(line))).
 */
export function ochiai(traces: readonly TestTrace[]): LineScores {
  const counts = new Map<string, Map<number, { failed: number; passed: number }>>();
  let allFailed = 0;
  for (const trace of traces) {
    if (!trace.passed) allFailed += 1;
    for (const [path, lines] of Object.entries(trace.hits)) {
      const ofFile = counts.get(path) ?? new Map<number, { failed: number; passed: number }>();
      counts.set(path, ofFile);
      for (const line of lines) {
        const count = ofFile.get(line) ?? { failed: 0, passed: 0 };
        ofFile.set(line, count);
        if (trace.passed) count.passed += 1;
        else count.failed += 1;
      }
    }
  }
  return new Map(
    [...counts].map(([path, lines]) => [
      path,
      new Map(
        [...lines].map(([line, { failed, passed }]) => [
          line,
          failed === 0 ? 0 : failed / Math.sqrt(allFailed * (failed + passed)),
        ]),
      ),
    ]),
  );
}
