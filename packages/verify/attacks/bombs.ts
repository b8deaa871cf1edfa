import { type Attack, WRONG_OR_LATE } from "./types.ts";

/** Use up what there is. */
export const BOMBS: readonly Attack[] = [
  {
    id: "bomb-fork",
    tries: "starts processes until there are no more",
    javascript: {
      double:
        'const { spawn } = builtin("child_process"); for (let i = 0; i < 2000; i++) try { spawn("sleep", ["61234"], { detached: true, stdio: "ignore" }).on("error", () => {}).unref(); } catch { break; } return x;',
    },
    python: {
      double:
        "import os, time\nfor i in range(2000):\n    try:\n        if os.fork() == 0:\n            os.setsid()\n            time.sleep(61234)\n    except OSError:\n        break\nreturn x",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-fork-tree",
    tries: "lets every process start two of its kind",
    python: {
      double:
        "import os, time\nend = time.time() + 0.5\nwhile time.time() < end:\n    try:\n        os.fork()\n    except OSError:\n        time.sleep(0.1)\nreturn x",
    },
    javascript: {
      double:
        'builtin("child_process").spawnSync("sh", ["-c", "f() { f | f & }; f; sleep 0.3"], { timeout: 1000 }); return x;',
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "bomb-heap",
    tries: "fills the heap",
    javascript: { double: 'const a = []; for (;;) a.push(new Array(1e5).fill("x" + a.length));' },
    python: { double: "a = []\nwhile True:\n    a.append(bytearray(1 << 24))" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "bomb-buffers",
    tries: "fills memory outside of the heap",
    javascript: {
      double: "const a = []; for (let i = 0; i < 4000; i++) a.push(new Uint8Array(1 << 24).fill(1)); return x;",
    },
    python: {
      double:
        "import mmap\na = []\nwhile True:\n    m = mmap.mmap(-1, 1 << 28)\n    m.write(b'x' * (1 << 28))\n    a.append(m)",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "bomb-result",
    tries: "returns a result of 1 GB",
    javascript: { double: 'return "x".repeat((1 << 29) - 24);', pair: "return new Array(4e7).fill(1);" },
    python: { double: 'return "x" * (1 << 30)', pair: "return [1] * (1 << 27)" },
    want: WRONG_OR_LATE,
    slow: true,
  },
  {
    id: "bomb-nested-result",
    tries: "returns a result nested a hundred thousand deep, or one that holds itself",
    javascript: {
      double: "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;",
      pair: "const a = [x]; a.push(a); return a;",
    },
    python: {
      double: "a = []\nfor _ in range(100000):\n    a = [a]\nreturn a",
      pair: "a = [x]\na.append(a)\nreturn a",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-disk",
    tries: "fills the disk wherever it may write",
    javascript: {
      double:
        'const fs = builtin("fs"); const block = Buffer.alloc(1 << 22, 1); const folders = ["/tmp", "{{root}}", "/dev/shm", ...fs.readdirSync("/tmp").map((n) => "/tmp/" + n)]; for (const d of folders) try { for (let i = 0; i < 200; i++) fs.writeFileSync(d + "/bomb" + i, block); } catch {} return x;',
    },
    python: {
      double:
        'import glob\nblock = b"x" * (1 << 22)\nfor d in ["/tmp", "{{root}}", "/dev/shm"] + glob.glob("/tmp/*"):\n    try:\n        for i in range(200):\n            with open("%s/bomb%d" % (d, i), "wb") as f:\n                f.write(block)\n    except OSError:\n        pass\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-open-files",
    tries: "opens files until there are no more descriptors",
    javascript: { double: 'const fs = builtin("fs"); try { for (;;) fs.openSync("/dev/null"); } catch {} return x;' },
    python: {
      double:
        'files = []\ntry:\n    while True:\n        files.append(open("/dev/null"))\nexcept OSError:\n    pass\nglobals()["kept"] = files\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-stdout",
    tries: "floods standard output and error",
    javascript: {
      double:
        'const fs = builtin("fs"); const b = Buffer.alloc(1 << 20, 65); for (const fd of [1, 2]) try { for (let i = 0; i < 64; i++) fs.writeSync(fd, b); } catch {} return x;',
    },
    python: {
      double:
        'import os\nfor fd in (1, 2):\n    try:\n        for i in range(64):\n            os.write(fd, b"A" * (1 << 20))\n    except OSError:\n        pass\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-channel",
    tries: "floods the message channel with a line that never ends",
    javascript: {
      double:
        'const fs = builtin("fs"); const b = Buffer.alloc(1 << 20, 65); try { for (let i = 0; i < 200; i++) fs.writeSync(3, b); } catch {} return x;',
    },
    python: {
      double:
        'import os\ntry:\n    for i in range(200):\n        os.write(3, b"A" * (1 << 20))\nexcept OSError:\n    pass\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "bomb-threads",
    tries: "starts threads until there are no more",
    javascript: {
      double:
        'const { Worker } = builtin("worker_threads"); for (let i = 0; i < 100; i++) try { new Worker("for(;;);", { eval: true }).on("error", () => {}); } catch { break; } return x;',
    },
    python: {
      double:
        "import threading, time\nfor i in range(2000):\n    try:\n        threading.Thread(target=lambda: time.sleep(61234), daemon=True).start()\n    except RuntimeError:\n        break\nreturn x",
    },
    want: WRONG_OR_LATE,
    slow: true,
  },
];
