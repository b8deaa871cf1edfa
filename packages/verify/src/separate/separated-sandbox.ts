import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChangedFiles } from "@pawl/core";
import { HARNESS } from "../harness.ts";
import type { Command, Limits } from "../process.ts";
import type { BoxContents, BoxProcess, Sandbox } from "../sandbox.ts";
import { Exchange } from "./exchange.ts";
import { moduleLanguage, standInText } from "./stand-in.ts";

/**
 * A sandbox whose commands never meet the candidate: the changed modules are replaced by stand-ins, which pass every call on to a process of
 * the candidate's in a box of its own, and get plain data back. Whatever a candidate does to its own process, the tests, their assertions,
 * their runner and its report are out of its reach. `hidden`: project-relative files that are empty in the candidate's boxes (the tests).
 */
export function separate(sandbox: Sandbox, hidden: readonly string[]): Sandbox {
  return {
    isolation: sandbox.isolation,
    ownSpace: sandbox.ownSpace,
    boundsWhole: sandbox.boundsWhole,
    async run(contents, command, limits, signal) {
      const { exchange, own } = await prepare(sandbox, contents, hidden, limits);
      try {
        const result = await sandbox.run(own, withPipes(command, exchange), limits, signal);
        return { ...result, cpuMs: result.cpuMs + exchange.cpuMs() };
      } finally {
        await exchange.close();
      }
    },
    async start(contents, command, limits) {
      const { exchange, own } = await prepare(sandbox, contents, hidden, limits);
      try {
        const box = await sandbox.start(own, withPipes(command, exchange), limits);
        const exited = box.exited.finally(() => exchange.close());
        const both: BoxProcess = {
          ...box,
          exited,
          cpuMs: () => box.cpuMs() + exchange.cpuMs(),
          kill: async () => {
            await box.kill();
            await exited;
          },
        };
        return both;
      } catch (error) {
        await exchange.close();
        throw error;
      }
    },
  };
}

/** Those of a candidate's files that are replaced by stand-ins: its modules, new ones too. */
export function modulesIn(files: ChangedFiles): string[] {
  return Object.keys(files)
    .filter((path) => moduleLanguage(path) !== null)
    .sort();
}

async function prepare(
  sandbox: Sandbox,
  contents: BoxContents,
  hidden: readonly string[],
  limits: Limits,
): Promise<{ readonly exchange: Exchange; readonly own: BoxContents }> {
  const { snapshot, files } = contents;
  const paths = modulesIn(files);
  const known = new Set(snapshot.files);
  const emptied = Object.fromEntries(hidden.filter((path) => !Object.hasOwn(files, path)).map((path) => [path, ""]));
  const candidate = { snapshot, files: { ...emptied, ...files } };
  const exchange = await Exchange.open(sandbox, candidate, limits);
  try {
    const described = await exchange.describe(paths);
    const standIns = paths.map((path) => {
      // A new module has its own text alone to tell the module system; it is looked at, not run.
      const base = known.has(path) ? readFileSync(join(snapshot.base, path), "utf8") : (files[path] as string);
      return [path, standInText(path, base, described.get(path) ?? {}, HARNESS)];
    });
    const data = Object.entries(files).filter(([path]) => moduleLanguage(path) === null);
    const readOnly = [...new Set([...(contents.readOnly ?? []), HARNESS, exchange.folder])];
    return { exchange, own: { ...contents, files: Object.fromEntries([...data, ...standIns]), readOnly } };
  } catch (error) {
    await exchange.close();
    throw error;
  }
}

function withPipes(command: Command, exchange: Exchange): Command {
  return { ...command, env: { ...command.env, PAWL_SEPARATE: exchange.folder } };
}
