import { type Attack, WRONG_OR_LATE } from "./types.ts";

/** Never end. */
export const ENDLESS: readonly Attack[] = [
  {
    id: "endless-loop",
    tries: "loops in ordinary code",
    javascript: { double: "for (;;);" },
    python: { double: "while True:\n    pass" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-import",
    tries: "loops while it is loaded",
    javascript: { before: "for (let i = 0; ; i++) if (i < 0) break;" },
    python: { before: "while True:\n    pass" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-microtasks",
    tries: "keeps the microtask queue full, so that no timer fires any more",
    javascript: { before: "const go = () => Promise.resolve().then(go);", double: "go(); return x;" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-timers",
    tries: "answers with a promise that only timers keep pending",
    javascript: { double: "return new Promise(() => setInterval(() => {}, 1));" },
    python: {
      before: "import asyncio",
      double: "async def f():\n    while True:\n        await asyncio.sleep(0)\nreturn asyncio.run(f())",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-generator",
    tries: "returns an iterator that never ends, where a list is expected",
    javascript: { pair: "return { length: 2, *[Symbol.iterator]() { for (;;) yield 1; } };" },
    python: { pair: "import itertools\nreturn list(itertools.count())" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-regex",
    tries: "runs a regular expression with exponential backtracking",
    javascript: { double: 'return /^(a+)+$/.test("a".repeat(60) + "b") ? x : x;' },
    python: { double: 'import re\nre.match(r"(a+)+$", "a" * 60 + "b")\nreturn x' },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-destructor",
    tries: "loops in a destructor, a finalizer, or a getter that the judge reads",
    javascript: { pair: "return Object.defineProperty([x], 1, { enumerable: true, get() { for (;;); } });" },
    python: {
      before:
        "class D:\n    def __del__(self):\n        while True: pass\n    def __repr__(self):\n        while True: pass",
      double: "d = D()\ndel d\nreturn x",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-at-exit",
    tries: "loops in an exit hook, after all tests have reported",
    javascript: { before: 'builtin("process").on("exit", () => { for (;;); });' },
    python: { before: "import atexit\ndef loop():\n    while True: pass\natexit.register(loop)" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-ignoring-signals",
    tries: "ignores every signal it can, and loops in native code",
    javascript: {
      before:
        'const p = builtin("process"); for (const s of ["SIGTERM", "SIGINT", "SIGHUP", "SIGALRM"]) p.on?.(s, () => {});',
      double: "for (;;);",
    },
    python: {
      before:
        "import signal\nfor s in (1, 2, 3, 14, 15):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n    except Exception:\n        pass",
      double: "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "endless-wait",
    tries: "blocks without using the CPU: a lock nobody opens, a pipe nobody writes",
    javascript: { double: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); return x;" },
    python: { double: "import threading\nthreading.Lock().acquire()\nl = threading.Lock()\nl.acquire()\nl.acquire()" },
    want: WRONG_OR_LATE,
    slow: true,
  },
];
