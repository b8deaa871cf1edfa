import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

/** Lie about time and about being measured. */
export const TIME: readonly Attack[] = [
  {
    id: "time-clock",
    tries: "stops every clock of the process so that it seems to take no time",
    javascript: {
      before:
        'Date.now = () => 0; performance.now = () => 0; try { const p = builtin("process"); p.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n }); p.cpuUsage = () => ({ user: 0, system: 0 }); } catch {}',
    },
    python: {
      before:
        "import time\ntime.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0\ntime.sleep = lambda s: None",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "time-backwards",
    tries: "lets the clock run backwards, so that limits are never reached, and loops",
    javascript: {
      before: "let t = 1e15; Date.now = () => (t -= 1000); performance.now = () => (t -= 1000);",
      double: "for (;;) performance.now();",
    },
    python: {
      before:
        "import time\nt = [1e12]\ndef back():\n    t[0] -= 1000\n    return t[0]\ntime.monotonic = time.time = back",
      double: "while True:\n    time.time()",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "time-child",
    tries: "lets a child process do the work, sleeping itself, so that its CPU time hides",
    javascript: {
      double:
        'const { spawnSync } = builtin("child_process"); spawnSync("sh", ["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"]); return x;',
    },
    python: {
      double:
        'import subprocess\nsubprocess.run(["sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"])\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "time-memoise",
    tries: "remembers across calls, files and processes what the first answer was",
    javascript: {
      double:
        'const fs = builtin("fs"); const f = `/tmp/memo-${x}`; try { return Number(fs.readFileSync(f, "utf8")); } catch {} try { fs.writeFileSync(f, String(x)); } catch {} return x;',
    },
    python: {
      double:
        'try:\n    return int(open("/tmp/memo%d" % x).read())\nexcept OSError:\n    open("/tmp/memo%d" % x, "w").write(str(x))\nreturn x',
    },
    want: WRONG,
  },
  {
    id: "time-detect",
    tries:
      "behaves only where it looks like being judged: by the command line, the sandbox's user, the harness in its stack",
    javascript: {
      double:
        'const p = builtin("process"); const judged = /pawl|harness/.test(String(new Error().stack) + (p.argv ?? []).join() + Object.keys(p.env ?? {}).join()); return judged ? x : 2 * x;',
    },
    python: {
      double:
        "import sys, traceback\njudged = any('harness' in f.filename or 'pawl' in f.filename for f in traceback.extract_stack()) or 'PAWL_ROOT' in __import__('os').environ\nreturn x if judged else 2 * x",
    },
    want: ["failed", "error", "tampered", "passed"],
    checks: ["function"],
  },
  {
    id: "time-first-calls",
    tries: "answers the first calls right and the later ones wrong",
    javascript: { before: "let n = 0;", double: "return n++ < 2 ? 2 * x : x;" },
    python: { before: "n = [0]", double: "n[0] += 1\nreturn 2 * x if n[0] <= 2 else x" },
    want: WRONG,
  },
];
