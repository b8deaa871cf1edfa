import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MachineError, sha256 } from "@pawl/core";
import { AGENT_DATA } from "./workspace.ts";

/**
 * A fingerprint of everything that judges agents and is none of their workspaces: the code of this folder, the harness, the agent and the parts that Pawl
 * comes with, and what the caller adds (the benchmark). Taken before agents work, and compared after every step.
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
    const parts = this.#folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => `${path} ${sha256(readFileSync(path))}`),
    );
    return sha256([...parts, this.#others()].join("\n"));
  }
}

const DEFAULT_FOLDERS = [import.meta.dirname, AGENT_DATA];
