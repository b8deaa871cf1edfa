import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { RunSession, Store, Target, type Feedback, type Json, type Status } from "@pawl/core";
import { exportRuns, type ExportOptions, type ExportReport } from "./export.ts";
import type { Row } from "./rows.ts";

/** One candidate: what line 1 of `a.js` becomes, and what was said of it. */
export interface Tried {
  readonly line: string;
  readonly screened: Status;
  readonly confirmed?: { readonly status: Status; readonly kept: boolean };
  readonly feedback?: readonly Feedback[];
  readonly heldOutFailures?: number;
}

export interface Recorded {
  readonly source?: string;
  readonly tried: readonly Tried[];
  readonly heldOut?: readonly string[];
  readonly failing?: readonly string[];
}

/** A folder with a store, gone after the test. */
export class ExportPlace {
  readonly root: string;
  readonly state: string;
  readonly #folder: string;
  #exports = 0;

  constructor(t: TestContext, files: Readonly<Record<string, string>> = { "package.json": '{"license":"MIT"}' }) {
    this.#folder = mkdtempSync(join(tmpdir(), "pawl-export-"));
    t.after(() => rmSync(this.#folder, { recursive: true, force: true }));
    this.root = join(this.#folder, "project");
    mkdirSync(this.root);
    for (const [path, text] of Object.entries(files)) writeFileSync(join(this.root, path), text);
    this.state = join(this.#folder, "state");
  }

  /** Records a run of `fix` with these candidates. */
  record({ source = "wrong\n", tried, heldOut = [], failing = ["a.test.js > adds"] }: Recorded): string {
    const store = Store.open(this.state);
    const session = RunSession.create(store, "fix", {});
    const sources = { "a.js": source };
    const target = new Target(sources, "tree");
    const tests = failing.map((id) => ({
      id,
      file: "a.test.js",
      status: "failed",
      message: `expected 1 in ${this.root}/a.js`,
    }));
    const project = {
      root: this.root,
      tree: "tree",
      sources,
      testLine: "node --test",
      suspiciousness: { "a.js": [1] },
      split: { failing, passing: [], heldOut },
      baseline: { failing, passing: [...heldOut], report: { tests } },
    };
    session.append({ type: "observed", data: { name: "project", value: project as unknown as Json } });
    let best: string | null = null;
    const finalists: number[] = [];
    for (const [n, { line, screened, confirmed, feedback = [], heldOutFailures }] of tried.entries()) {
      const end = source.indexOf("\n");
      const origin = { proposer: "test", summary: line, logProbability: -n };
      const derived = target.derive(target.base, { "a.js": [{ start: 0, end, text: line }] }, origin);
      if (!("candidate" in derived)) throw new Error(derived.detail);
      const { candidate } = derived;
      const request = { parent: target.baseId, edits: 1, temperature: 0 };
      const meta = { cost: { wallMs: 1, cpuMs: 1 }, feedback, evidence: [] };
      session.append({ type: "proposed", data: { n, request, candidate, skipped: {} } });
      session.append({ type: "judged", data: { n, candidate: candidate.id, status: screened, scores: {} }, meta });
      if (confirmed === undefined) continue;
      const data = { n, candidate: candidate.id, scores: {}, reason: "", ...confirmed };
      session.append({ type: "confirmed", data, meta });
      if (!confirmed.kept) continue;
      finalists.push(heldOutFailures ?? 0);
      if (heldOutFailures === undefined) best ??= candidate.id;
    }
    if (heldOut.length > 0)
      session.append({ type: "observed", data: { name: "held-out", value: finalists.slice(0, 3) } });
    const outcome = best === null ? "not-fixed" : "fixed";
    session.append({ type: "finished", data: { outcome, best, result: { status: outcome } } });
    session.close();
    store.close();
    return session.id;
  }

  export(options: Partial<ExportOptions> & Pick<ExportOptions, "format">): {
    readonly report: ExportReport;
    readonly rows: readonly Row[];
  } {
    const out = join(this.#folder, `out-${this.#exports++}`);
    const report = exportRuns({ state: this.state, out, ...options });
    return { report, rows: readRows(report) };
  }
}

/** Every row of an export, of all its splits. */
export function readRows(report: ExportReport): readonly Row[] {
  return report.files
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(report.out, name), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line) as Row);
}

export const RIGHT = { line: "right", screened: "passed", confirmed: { status: "passed", kept: true } } as const;
export const SCREENED_WRONG = { line: "still wrong", screened: "failed" } as const;
export const WRONG = { line: "flaky", screened: "passed", confirmed: { status: "failed", kept: false } } as const;
