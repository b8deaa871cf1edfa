/** An engine that judges without end, in all kinds of boxes, until it is killed: `orphans.ts` does that. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Submission } from "@pawl/core";
import { DEFAULT_LIMITS, FunctionCheck, openSandbox, takeSnapshot } from "@pawl/verify";

const signal = new AbortController().signal;
const root = mkdtempSync(join(tmpdir(), "pawl-engine-"));
mkdirSync(root, { recursive: true });
writeFileSync(join(root, "double.mjs"), "export const double = (x) => x;\n");
writeFileSync(join(root, "double.py"), "def double(x):\n    return x\n");
const sandbox = await openSandbox();
const snapshot = await takeSnapshot(root);
const DAEMON =
  "(setsid sh -c 'trap \"\" TERM HUP INT; exec >/dev/null 2>&1 </dev/null; while :; do sleep 3600; done' &); sleep 0.3";

async function judge(module: string, text: (n: number) => string): Promise<void> {
  const cases = [{ call: "double", args: [2], returns: 4 }];
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module, cases }, timeoutMs: 300 });
  for (let n = 0; ; n++) {
    const candidate: Submission["candidate"] = {
      id: "",
      changes: [],
      parents: [],
      origin: { proposer: "", summary: "" },
    };
    const submission = { candidate, files: { [module]: text(n) } };
    await check.screen(submission, signal);
    if (n % 5 === 0) await check.confirm(submission, signal);
  }
}

const javascript = (n: number): string =>
  n % 7 === 6 ? "export const double = () => { for (;;); };" : `export const double = (x) => x + ${n};`;
const python = (n: number): string =>
  n % 7 === 6 ? "def double(x):\n    while True: pass\n" : `def double(x):\n    return x + ${n}\n`;
const daemons = async (): Promise<void> => {
  for (;;) await sandbox.run({ snapshot, files: {} }, { argv: ["sh", "-c", DAEMON] }, DEFAULT_LIMITS);
};
await Promise.all([judge("double.mjs", javascript), judge("double.py", python), daemons()]);
