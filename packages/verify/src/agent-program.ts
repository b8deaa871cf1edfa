import { existsSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, resolve } from "node:path";
import { MachineError } from "@pawl/core";
import { isInside } from "./snapshot.ts";
import { findOnPath, SYSTEM_FOLDERS } from "./toolchain.ts";

/** A command line for a box, and what of the machine the box has to show for it. */
export interface AgentProgram {
  readonly argv: readonly string[];
  readonly readOnly: readonly string[];
}

/** Interpreters that every box has on its own path; what the user's path has may be a shim. */
const IN_EVERY_BOX = new Set(["node", "npm", "npx", "python3"]);

/**
 * Finds the program of an agent as a shell in the project would, and what it needs to be seen in a box: the program itself, the folder of
 * packages it was installed in, and the files that its command line names. A program of the project runs in the copy.
 * @throws MachineError when there is no such program
 */
export function findAgentProgram(argv: readonly string[], root: string): AgentProgram {
  const [name = "", ...rest] = argv;
  const found = name.includes("/") ? resolve(root, name) : findOnPath(name);
  if (found === null || !existsSync(found))
    throw new MachineError({
      what: `the agent's program '${name}' was not found`,
      where: name.includes("/") ? (found ?? name) : "PATH",
      todo: "Install it, or name its path.",
    });
  const named = rest.filter((word) => isAbsolute(word) && existsSync(word) && !isInside(root, word));
  const program = IN_EVERY_BOX.has(name) || isInside(root, found) || isSystem(found) ? null : realpathSync(found);
  const shown = [...(program === null ? [] : [program]), ...named.map((path) => realpathSync(path))];
  return {
    argv: [program ?? name, ...rest],
    readOnly: [...new Set(shown.filter((path) => !isSystem(path)).map(whatToShow))],
  };
}

/** A package is seen with those beside it, which it may need; in the temporary folder only folders can be shown. */
function whatToShow(path: string): string {
  const packages = path.indexOf("/node_modules/");
  if (packages !== -1) return path.slice(0, packages + "/node_modules".length);
  const temporary = realpathSync(tmpdir());
  const isFile = !statSync(path).isDirectory();
  return isFile && isInside(temporary, path) && dirname(path) !== temporary ? dirname(path) : path;
}

function isSystem(path: string): boolean {
  return SYSTEM_FOLDERS.some((folder) => isInside(folder, path));
}
