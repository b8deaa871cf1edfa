import { MachineError } from "@pawl/core";
import { DEFAULT_LIMITS } from "../default-limits.ts";
import type { SuiteContext } from "../suites/types.ts";
import { contextIn, type VersionView } from "./view.ts";

/** What a version offers, as the project's own process sees it. */
export interface VersionExports {
  /** Exported names, and names of the default export, sorted; null when the package does not load. */
  readonly names: readonly string[] | null;
}

const NODE_SCRIPT = `
const { readFileSync } = await import("node:fs");
const { version } = JSON.parse(readFileSync(process.argv[2] + "/package.json", "utf8"));
let names = null;
try {
  const loaded = await import(process.argv[1]);
  const own = (value) => (typeof value === "object" && value !== null) || typeof value === "function" ? Object.getOwnPropertyNames(value) : [];
  names = [...new Set([...Object.keys(loaded), ...own(loaded.default)])].filter((name) => !/^(?:default|length|name|prototype|arguments|caller|module\\.exports)$/.test(name)).sort();
} catch {}
console.log("\\n" + JSON.stringify({ version, names }));
process.exit(0);
`;
const PYTHON_SCRIPT = `
import importlib, importlib.metadata, json, sys
distribution = importlib.metadata.distribution(sys.argv[1])
top = (distribution.read_text("top_level.txt") or "").split()
if not top:
    top = sorted({str(f).split("/")[0].removesuffix(".py") for f in distribution.files or [] if str(f).endswith(".py") and not str(f).startswith("..")})
names = None
for module in top or [sys.argv[1].replace("-", "_")]:
    if module.startswith("_"):
        continue
    try:
        names = sorted({*(names or []), *(n for n in dir(importlib.import_module(module)) if not n.startswith("_"))})
    except Exception:
        pass
print("\\n" + json.dumps({"version": distribution.version, "names": names}))
`;

/**
 * Loads the dependency in a box of the project and lists what it exports.
 * @throws MachineError when the process sees another version than the view is of: whatever it said would be about that one
 */
export async function exportsIn(
  view: VersionView,
  context: SuiteContext,
  python: string,
  signal?: AbortSignal,
): Promise<VersionExports> {
  const { installed, label } = view;
  const seen = contextIn(view, context);
  const isNpm = installed.ecosystem === "npm";
  const place = view.replaced[0]?.path as string;
  const argv = isNpm
    ? ["node", "--input-type=module", "-e", NODE_SCRIPT, installed.name, place]
    : [python, "-c", PYTHON_SCRIPT, installed.name];
  // An ES module that is given as text is resolved from the working folder.
  const command = { ...seen.command, argv, ...(isNpm ? { ownNode: true } : {}) };
  const limits = { ...DEFAULT_LIMITS, wallMs: 30_000 };
  const result = await context.sandbox.run({ snapshot: seen.snapshot, files: {} }, command, limits, signal);
  const last = result.stdout.trim().split("\n").at(-1) ?? "";
  const answer = last.startsWith("{") ? (JSON.parse(last) as VersionExports & { version: string }) : null;
  if (answer?.version === installed.version) return { names: answer.names };
  throw new MachineError({
    what: `${label} could not be put in place of the project's own version`,
    where:
      answer === null ? result.stderr.trim().split("\n").slice(-3).join("; ") : `the process sees ${answer.version}`,
    todo: "Run `pawl doctor`: versions are shown to a test by the sandbox, and without one (--unsafe-no-sandbox) they cannot be.",
  });
}
