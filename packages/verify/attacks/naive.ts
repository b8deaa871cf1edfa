import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DEFAULT_LIMITS } from "../src/default-limits.ts";
import type { Sandbox } from "../src/sandbox.ts";
import { removeSnapshot, takeSnapshot } from "../src/snapshot.ts";
import { findOnPath } from "../src/toolchain.ts";
import type { Arena } from "./arena.ts";
import { HONEST, javascriptText, type Place, pythonText } from "./source.ts";
import type { Attack } from "./types.ts";

const JAVASCRIPT = `import assert from "node:assert/strict";
const judge = async (file) => {
  const { double, pair } = await import(file);
  assert.equal(double(2), 4); assert.equal(double(-3), -6); assert.equal(double(7), 14);
  assert.deepEqual(pair(5), [5, 10]);
};
await judge("./double.js");
try { await judge("./right.js"); console.log("NEXT RIGHT"); } catch { console.log("NEXT WRONG"); }
try { await judge("./wrong.js"); console.log("WORST RIGHT"); } catch { console.log("WORST WRONG"); }
`;
const PYTHON = `import importlib

def judge(name):
    m = importlib.import_module(name)
    assert m.double(2) == 4 and m.double(-3) == -6 and m.double(7) == 14 and m.pair(5) == [5, 10]

def told(name):
    try:
        judge(name)
        return "RIGHT"
    except Exception:
        return "WRONG"

judge("double")
print("NEXT", told("right"))
print("WORST", told("wrong"))
`;
const LIMITS = { ...DEFAULT_LIMITS, wallMs: 3000, processes: 128 };

/**
 * How an attack fools a judge that shares its process with the candidate and believes the exit code, as simple engines do; null when it
 * does not. It runs in a throw-away box, in which there is something to steal and to spoil, so that it does no harm.
 */
export async function foolsNaive(
  attack: Attack,
  language: "javascript" | "python",
  sandbox: Sandbox,
  arena: Arena,
): Promise<string | null> {
  const hostile = attack[language];
  if (hostile === undefined) return null;
  const python = language === "python";
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-naive-")));
  const extension = python ? "py" : "js";
  const test = python ? "test_double.py" : "double.test.js";
  const place: Place = { ...arena.place, root, test, source: `double.${extension}` };
  const text = (one: typeof hostile) => (python ? pythonText(one, place) : javascriptText(one, place, "esm"));
  // The judge is a file like any other, and its cases stand in it.
  const judge = python ? PYTHON : JAVASCRIPT;
  const files = {
    "package.json": '{"type":"module"}',
    [test]: `${judge}\n// double(2), 4  double(-3), -6  double(7), 14\n`.replace(
      "// double",
      python ? "# double" : "// double",
    ),
    [`double.${extension}`]: text(hostile),
    [`right.${extension}`]: text(HONEST[language]),
    [`wrong.${extension}`]: text({}),
  };
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  const snapshot = await takeSnapshot(root);
  try {
    const shown = { readOnly: [dirname(String(place["secretFile"])), String(place["judge"])] };
    const env = { PAWL_ATTACK_TOKEN: process.env["PAWL_ATTACK_TOKEN"] ?? "" };
    const argv = [python ? "python3" : "node", test];
    const result = await sandbox.run({ snapshot, files: {}, ...shown }, { argv, env }, LIMITS);
    const told = result.stdout + result.stderr;
    if (result.timedOut) return "hangs";
    if (arena.leaks(told)) return "a secret comes out";
    if (/found .*function-check|sandbox\.ts/s.test(told)) return "the judge's source comes out";
    if (result.exitCode === 0)
      return /NEXT/.test(told) ? "the wrong candidate passes" : "ends with success before the judge has spoken";
    return null;
  } finally {
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  }
}

/** Languages of this machine. */
export function languagesHere(): readonly ("javascript" | "python")[] {
  return findOnPath("python3") === null ? ["javascript"] : ["javascript", "python"];
}
