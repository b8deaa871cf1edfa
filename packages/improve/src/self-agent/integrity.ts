import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MachineError, sha256 } from "@pawl/core";
import { AGENT_DATA } from "./workspace.ts";

/**
 * A fingerprint of what judges agents and is none of their workspaces: the code of this folder, the scripts that run in boxes, the agent and the parts that
 * Pawl comes with, and what the caller adds (the benchmark). Taken before agents work, and compared after every step. The rest of Pawl is not compared.
 */
export class Integrity {
  readonly #folders: readonly string[];
  readonly #others: () => string;
  readonly #before: string;

  constructor(others: () => string = () => "", folders: readonly string[] = DEFAULT_FOLDERS) {
    this.#folders = folders;
    this.#others = others;
    this.#before = this.#now();
  }

  /** Throws a MachineError when anything is another than it was: nothing that the run has measured can be trusted then. */
  check(): void {
    if (this.#now() === this.#before) return;
    throw new MachineError({
      what: "files that judge agents were changed while agents worked",
      where: this.#folders.join(", "),
      todo: "Nothing of this run counts. Restore Pawl's files (install it again) and look for what wrote to them.",
    });
  }

  #now(): string {
    return sha256([filesHash(this.#folders), this.#others()].join("\n"));
  }
}

/** Changes with every file of these folders, and when one is added or taken away. Tests judge no agent. */
export function filesHash(folders: readonly string[]): string {
  const lines = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => `${path} ${sha256(readFileSync(path))}`),
  );
  return sha256(lines.join("\n"));
}

/** Where the scripts lie that call programs' functions in their boxes. */
const CALLERS = fileURLToPath(new URL("../harness", import.meta.resolve("@pawl/verify")));
const DEFAULT_FOLDERS = [import.meta.dirname, AGENT_DATA, CALLERS];
