import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { meanOf } from "@pawl/core";

/**
 * Claim: with an endpoint that answers at once, the engine takes less than 2 ms of CPU for a proposal over 1,000 proposals, as much at the end as at
 * the beginning (last quarter at most 1.3 times the second); and 200 calls in flight from one process take less than 300 MB. Beside it, on the same
 * endpoint, a driver that starts one process for each call. Set on 2026-11-26, before the first run.
 */
const MARGINS = { cpuMs: 2, growth: 1.3, rssMb: 300 };
const IN_FLIGHT = 200;
const RESULTS = new URL("../../docs/data/models.json", import.meta.url);

interface EngineCost {
  readonly screened: number;
  /** Milliseconds for a proposal, quarter by quarter of the run. */
  readonly cpuMs: readonly number[];
  readonly rssMb: number;
}

export interface ModelsFigures {
  readonly proposals: number;
  /** The engine alone: answers come from inside of the process. */
  readonly engine: EngineCost;
  /** With the provider's client, over HTTP. */
  readonly http: EngineCost;
  /** 200 calls in flight, each answered after a second. */
  readonly inFlight: EngineCost;
  readonly naive: { readonly calls: number; readonly cpuMs: number; readonly rssMb: number };
}

export async function claimModels(quick: boolean): Promise<void> {
  const proposals = quick ? 200 : 1000;
  const instant = await serverWith(0);
  const slow = await serverWith(1000);
  try {
    const engine = await engineOn(instant.url, proposals, 16, "in-process");
    const http = await engineOn(instant.url, proposals, 16, "http");
    const inFlight = await engineOn(slow.url, quick ? 400 : 1000, IN_FLIGHT, "http");
    const naive = await naiveOn(instant.url, quick ? 5 : 50);
    const figures = { proposals, engine, http, inFlight, naive };
    if (!quick) {
      mkdirSync(new URL(".", RESULTS), { recursive: true });
      writeFileSync(RESULTS, `${JSON.stringify(figures, null, 1)}\n`);
    }
    report(figures, quick);
  } finally {
    instant.process.kill();
    slow.process.kill();
  }
}

/** CPU milliseconds of a proposal, and how much dearer the last quarter is than the second: the first warms up. */
export function modelsSummary({ engine, http, inFlight, naive }: ModelsFigures): {
  readonly engineMs: number;
  readonly growth: number;
  readonly httpMs: number;
  readonly rssMb: number;
  readonly naiveMs: number;
  readonly naiveMb: number;
  readonly reached: boolean;
} {
  const engineMs = meanOf(engine.cpuMs);
  const growth = (engine.cpuMs[3] ?? Number.NaN) / (engine.cpuMs[1] ?? Number.NaN);
  const rssMb = inFlight.rssMb;
  return {
    engineMs,
    growth,
    httpMs: meanOf(http.cpuMs),
    rssMb,
    naiveMs: naive.cpuMs,
    naiveMb: naive.rssMb * IN_FLIGHT,
    reached: engineMs < MARGINS.cpuMs && growth <= MARGINS.growth && rssMb < MARGINS.rssMb,
  };
}

/** The short form is over before the code is warm, so that it shows figures and judges only that every proposal came back. */
function report(figures: ModelsFigures, quick: boolean): void {
  const { engineMs, growth, httpMs, rssMb, naiveMs, naiveMb, reached } = modelsSummary(figures);
  const lines = [
    `engine: ${engineMs.toFixed(2)} ms of CPU for a proposal over ${figures.proposals}; quarters ${figures.engine.cpuMs.map((each) => each.toFixed(2)).join(", ")}; last against second ${growth.toFixed(2)}`,
    `with the provider's client, over HTTP: ${httpMs.toFixed(2)} ms; quarters ${figures.http.cpuMs.map((each) => each.toFixed(2)).join(", ")}`,
    `${IN_FLIGHT} calls in flight: ${rssMb.toFixed(0)} MB`,
    `one process for each call: ${naiveMs.toFixed(0)} ms of CPU for a call, ${naiveMb.toFixed(0)} MB for ${IN_FLIGHT} at once (${figures.naive.rssMb.toFixed(0)} MB each)`,
    quick ? "every proposal came back; the margins are for the long form" : reached ? "reached" : "not reached",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  if (!quick && !reached) process.exitCode = 1;
}

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function serverWith(delay: number): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const server = spawn(process.execPath, [script("models-server.ts"), String(delay)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await server.stdout.take(1).toArray()) as Buffer[];
  return { url: String(line).trim(), process: server };
}

async function engineOn(url: string, proposals: number, concurrency: number, mode: string): Promise<EngineCost> {
  const argv = [script("models-engine.ts"), url, String(proposals), String(concurrency), mode];
  const cost = JSON.parse((await run(process.execPath, argv)).stdout) as EngineCost;
  if (cost.screened !== proposals) throw new Error(`${cost.screened} of ${proposals} proposals came back`);
  return cost;
}

async function naiveOn(url: string, calls: number): Promise<ModelsFigures["naive"]> {
  const costs: { cpuMs: number; rssMb: number }[] = [];
  for (let i = 0; i < calls; i++)
    costs.push(
      JSON.parse((await run(process.execPath, [script("models-naive.ts"), url])).stdout) as (typeof costs)[number],
    );
  return { calls, cpuMs: meanOf(costs.map(({ cpuMs }) => cpuMs)), rssMb: meanOf(costs.map(({ rssMb }) => rssMb)) };
}
