import { type Attack, WRONG_OR_LATE } from "./types.ts";

/** Spoil the warm process for the candidate that comes next. */
export const POISON: readonly Attack[] = [
  {
    id: "poison-realm",
    tries: "leaves its realm through a host function and changes the host's built-in objects",
    javascript: {
      before:
        'const host = queueMicrotask.constructor("return globalThis")(); for (const f of [() => (host.JSON.stringify = () => "null"), () => (host.Array.isArray = () => false), () => (host.Array.prototype.push = function () { return 0; }), () => (host.Array.prototype.map = () => [])]) try { f(); } catch {}',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-next-answer",
    tries: "changes a built-in so that the next candidate gives its answers",
    javascript: {
      before:
        "const abs = Math.abs; Math.abs = (v) => -abs(v); Number.prototype.valueOf = () => 4; Array.prototype[Symbol.iterator] = function* () { yield 4; };",
    },
    python: {
      before:
        "import builtins\nbuiltins.abs = lambda v: 0\nbuiltins.list = dict\nimport json\njson.dumps = lambda *a, **k: '{}'",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-modules",
    tries: "puts a module of its own in the place of the next candidate's",
    javascript: {
      before:
        'try { const m = builtin("module"); const load = m._load; m._load = (r, ...a) => (/double/.test(r) ? { double: (v) => v } : load(r, ...a)); m.prototype._compile = function () {}; } catch {}',
    },
    python: {
      before:
        'import sys, types\nclass Finder:\n    def find_spec(self, name, path=None, target=None):\n        if "double" in name and name != "test_double":\n            import importlib.machinery\n            return importlib.machinery.ModuleSpec(name, self)\n    def create_module(self, spec): return None\n    def exec_module(self, m):\n        m.double = lambda v: v\n        m.pair = lambda v: [v]\nsys.meta_path.insert(0, Finder())',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-files",
    tries: "overwrites the file in which the next candidate will be laid, or makes it unwritable",
    javascript: {
      before:
        'const fs = builtin("fs"); try { fs.chmodSync("{{root}}/{{source}}", 0o444); fs.chmodSync("{{root}}", 0o555); } catch {} try { fs.writeFileSync = () => {}; fs.readFileSync = () => "export const double = (v) => 2 * v"; } catch {}',
    },
    python: {
      before:
        'import os\ntry:\n    os.chmod("{{root}}/{{source}}", 0o444)\n    os.chmod("{{root}}", 0o555)\nexcept OSError:\n    pass',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-later",
    tries: "leaves timers and threads that answer or change things while the next candidate is judged",
    javascript: {
      before:
        'setInterval(() => { Array.prototype.push = function () { return 0; }; Math.max = () => 0; try { builtin("fs").writeSync(3, "{}\\n"); } catch {} }, 1);',
    },
    python: {
      before:
        'import threading, time, os, builtins\ndef later():\n    while True:\n        time.sleep(0.002)\n        builtins.abs = lambda v: 0\n        try:\n            os.write(3, b"{}\\n")\n        except OSError:\n            pass\nthreading.Thread(target=later, daemon=True).start()',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-descriptors",
    tries: "closes or redirects the descriptors the harness talks through",
    javascript: { before: 'const fs = builtin("fs"); for (const fd of [3, 0]) try { fs.closeSync(fd); } catch {}' },
    python: {
      before: "import os\nfor fd in (3, 0):\n    try:\n        os.close(fd)\n    except OSError:\n        pass",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-limits",
    tries: "lowers the limits of its process, its priority and its recursion depth",
    javascript: {
      before:
        'try { builtin("os").setPriority(19); builtin("process").chdir("/"); builtin("process").umask(0o777); } catch {}',
    },
    python: {
      before:
        "import resource, sys, os\nsys.setrecursionlimit(60)\nresource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))\nos.nice(19)\nos.chdir('/')\nos.umask(0o777)",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "poison-stdin",
    tries: "reads the requests that are meant for the candidates after it",
    javascript: { before: 'const fs = builtin("fs"); try { fs.readSync(0, Buffer.alloc(65536)); } catch {}' },
    python: {
      before:
        "import os, select\nif select.select([0], [], [], 0.05)[0]:\n    try:\n        os.read(0, 65536)\n    except OSError:\n        pass",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "poison-fork-server",
    tries: "stops or kills the process that makes the next candidates' processes",
    python: {
      before: "import os, signal\nfor pid in (os.getppid(),):\n    if pid > 1:\n        os.kill(pid, signal.SIGSTOP)",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
];
