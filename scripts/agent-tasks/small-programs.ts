import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Rng } from "@pawl/core";
import type { FunctionCase, WireValue } from "@pawl/verify";
import type { Program } from "../../packages/improve/src/self-agent/programs.ts";
import { AGENT_DATA } from "../../packages/improve/src/self-agent/workspace.ts";

const VISIBLE = 3;
const CALLS = /\nexport const calls = [\s\S]*$/;

/** The small programs of `self-agent/programs`, every other one for training; what they give for their calls is what they should give. */
export async function smallPrograms(): Promise<{
  readonly training: readonly Program[];
  readonly fresh: readonly Program[];
}> {
  const folder = join(AGENT_DATA, "programs");
  const programs: Program[] = [];
  for (const name of readdirSync(folder).sort()) programs.push(await programOf(join(folder, name), name));
  return {
    training: programs.filter((_, i) => i % 2 === 0),
    fresh: programs.filter((_, i) => i % 2 === 1),
  };
}

async function programOf(path: string, name: string): Promise<Program> {
  const { calls, ...functions } = (await import(pathToFileURL(path).href)) as { calls: WireValue[][] };
  const [[call, run] = ["", () => null]] = Object.entries(functions) as [string, (...args: unknown[]) => unknown][];
  const id = `small-${name.replace(".js", "")}`;
  const cases = calls.map((args): FunctionCase => {
    const copy = structuredClone(args) as unknown[];
    try {
      return { call, args, returns: wire(run(...copy)) };
    } catch (error) {
      return { call, args, throws: (error as Error).name };
    }
  });
  const shuffled = Rng.of("small-programs", id).shuffle(cases);
  const text = readFileSync(path, "utf8").replace(CALLS, "");
  return {
    id,
    module: name,
    files: { [name]: text },
    visible: shuffled.slice(0, VISIBLE),
    hidden: shuffled.slice(VISIBLE),
  };
}

function wire(value: unknown): WireValue {
  if (Object.is(value, -0)) return { $: "-0" };
  return JSON.parse(JSON.stringify(value)) as WireValue;
}
