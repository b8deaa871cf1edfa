import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

/** Leave with exit code 0 before the tests have spoken. */
export const LEAVE: readonly Attack[] = [
  {
    id: "leave-at-import",
    tries: "ends the process with code 0 while it is loaded",
    javascript: { before: 'builtin("process").exit(0);' },
    python: { before: "import os\nos._exit(0)" },
    want: WRONG,
  },
  {
    id: "leave-politely",
    tries: "leaves by the language's own exception",
    javascript: { before: 'builtin("process").exitCode = 0; throw null;' },
    python: { before: "raise SystemExit(0)" },
    want: WRONG,
  },
  {
    id: "leave-in-call",
    tries: "ends the process with code 0 when it is called",
    javascript: { double: 'builtin("process").exit(0);' },
    python: { double: "import os\nos._exit(0)" },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-raw",
    tries: "ends the process below the runner's hooks",
    javascript: { double: 'const p = builtin("process"); p.reallyExit ? p.reallyExit(0) : p.abort();' },
    python: { double: "import ctypes\nctypes.CDLL(None)._exit(0)" },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-in-finally",
    tries: "exits in a finally, over the error of the wrong answer",
    javascript: { double: 'try { throw new Error("wrong"); } finally { builtin("process").exit(0); }' },
    python: { double: 'import os\ntry:\n    raise ValueError("wrong")\nfinally:\n    os._exit(0)' },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-in-exit-hook",
    tries: "turns the exit code to 0 in an exit hook",
    javascript: {
      before: 'const p = builtin("process"); p.on("exit", () => { p.exitCode = 0; p.reallyExit?.(0); });',
    },
    python: { before: "import atexit, os\natexit.register(lambda: os._exit(0))" },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-from-timer",
    tries: "exits with code 0 a moment after it was loaded",
    javascript: { before: 'setTimeout(() => builtin("process").exit(0), 1);' },
    python: { before: "import threading, os\nthreading.Timer(0.001, lambda: os._exit(0)).start()" },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-on-signal",
    tries: "kills its own process, or its process group, with a signal",
    javascript: { double: 'const p = builtin("process"); p.kill(p.pid, "SIGKILL"); for (;;);' },
    python: { double: "import os\nos.kill(0, 15)\nos.kill(os.getpid(), 9)" },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-by-exec",
    tries: "replaces its process by one that succeeds",
    python: { double: 'import os\nos.execv("/bin/true", ["true"])' },
    want: WRONG_OR_LATE,
  },
  {
    id: "leave-by-stack",
    tries: "overflows the native stack or the heap to end the process without a word",
    javascript: { double: 'const f = () => f(); try { f(); } catch { return builtin("process").exit(0); }' },
    python: { double: "import sys\nsys.setrecursionlimit(1 << 30)\nf = lambda: f()\nf()" },
    want: WRONG_OR_LATE,
  },
];
