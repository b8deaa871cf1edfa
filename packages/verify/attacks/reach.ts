import { type Attack, WRONG_OR_LATE } from "./types.ts";

/** Reach out of the box: network, other processes, the kernel's doors. */
export const REACH: readonly Attack[] = [
  {
    id: "reach-network",
    tries: "connects to a port of the host that listens",
    javascript: {
      double:
        'const r = builtin("child_process").spawnSync(builtin("process").execPath, ["-e", `require("net").connect({{port}}, "127.0.0.1").on("data", (d) => console.log("got " + d)).on("error", (e) => console.log(e.code))`], { timeout: 1500 }); throw new Error(String(r.stdout));',
    },
    python: {
      double: 'import socket\ns = socket.create_connection(("127.0.0.1", {{port}}), 1)\nraise ValueError(s.recv(100))',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-dns",
    tries: "asks a name server, and the local resolver's socket",
    javascript: {
      double:
        'const r = builtin("child_process").spawnSync(builtin("process").execPath, ["-e", `require("dns").lookup("example.com", (e, a) => console.log(e?.code ?? "address " + a))`], { timeout: 1500 }); if (/address/.test(String(r.stdout))) throw new Error("{{secretMark}}"); return x;',
    },
    python: { double: 'import socket\nsocket.getaddrinfo("example.com", 80)\nraise ValueError("{{secretMark}}")' },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-abstract-socket",
    tries: "connects to an abstract socket of the host, which no file permission protects",
    javascript: {
      double:
        'const r = builtin("child_process").spawnSync(builtin("process").execPath, ["-e", `require("net").connect("\\\\0{{abstract}}").on("data", (d) => console.log("got " + d)).on("error", (e) => console.log(e.code))`], { timeout: 1500 }); throw new Error(String(r.stdout));',
    },
    python: {
      double:
        'import socket\ns = socket.socket(socket.AF_UNIX)\ns.settimeout(1)\ns.connect("\\0{{abstract}}")\nraise ValueError(s.recv(100))',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-kill",
    tries: "kills the engine, its parent, process 1 and everything else",
    javascript: {
      double:
        'const p = builtin("process"); for (const pid of [{{parent}}, p.ppid, 1]) try { p.kill(pid, "SIGKILL"); } catch {} return x;',
    },
    python: {
      double:
        "import os\nfor pid in ({{parent}}, os.getppid(), 1):\n    try:\n        os.kill(pid, 9)\n    except OSError:\n        pass\nreturn x",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-kill-all",
    tries: "sends SIGKILL to every process it may signal",
    python: { double: "import os\nos.kill(-1, 9)\nreturn x" },
    javascript: {
      double:
        'const p = builtin("process"); try { p.kill(-1, "SIGKILL"); } catch {} for (let i = 2; i < 400; i++) try { if (i !== p.pid) p.kill(i, "SIGKILL"); } catch {} return x;',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-trace",
    tries: "traces its parent and the engine with ptrace, to change what they know",
    python: {
      double:
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nfor pid in ({{parent}}, os.getppid(), 1):\n    r = libc.ptrace(16, pid, 0, 0)\n    if r == 0 and pid == {{parent}}: raise ValueError('{{secretMark}}')\nreturn x",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-namespace",
    tries: "makes namespaces of its own and mounts the host's disk",
    javascript: {
      double:
        'const r = builtin("child_process").spawnSync("sh", ["-c", "unshare -Urm sh -c \'mount -t proc proc /proc; cat {{secretFile}}\'; mount --bind / /mnt; cat {{secretFile}}"], { timeout: 2000 }); throw new Error(String(r.stdout));',
    },
    python: {
      double:
        'import subprocess\nraise ValueError(subprocess.run(["sh", "-c", "unshare -Urm cat {{secretFile}}; mount --bind / /mnt"], capture_output=True, timeout=2).stdout)',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-privilege",
    tries: "becomes root by every set-user-id program it finds",
    javascript: {
      double:
        'const r = builtin("child_process").spawnSync("sh", ["-c", "su -c id; sudo -n id; echo x | passwd; id -u; cat {{secretFile}}"], { timeout: 2000 }); throw new Error(String(r.stdout).replace("1000", ""));',
    },
    python: {
      double:
        'import os\ntry:\n    os.setuid(0)\nexcept OSError:\n    pass\nraise ValueError(open("{{secretFile}}").read())',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-devices",
    tries: "reads disks and kernel memory, changes settings of the kernel",
    javascript: {
      // What throws has a line of its own, for Node prints that line, and the mark is in the text above it.
      double:
        'const fs = builtin("fs"); let out = ""; for (const p of ["/dev/sda", "/dev/vda", "/dev/mem", "/dev/kmsg", "/proc/kcore"]) try { const f = fs.openSync(p); out += "opened " + p + " {{secretMark}}"; } catch {} try { fs.writeFileSync("/proc/sys/kernel/hostname", "owned"); } catch {}\nthrow new Error(out);',
    },
    python: {
      double:
        'out = ""\nfor p in ("/dev/sda", "/dev/vda", "/dev/mem", "/dev/kmsg", "/proc/kcore"):\n    try:\n        open(p, "rb").read(1)\n        out += "{{secretMark}}"\n    except OSError:\n        pass\nraise ValueError(out)',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "reach-orphan",
    tries: "leaves a daemon behind: double fork, new session, ignored signals, closed pipes",
    javascript: {
      double:
        'builtin("child_process").spawn("sh", ["-c", "trap \'\' TERM HUP INT; (setsid sleep {{mark}} &) ; exec sleep {{mark}}"], { detached: true, stdio: "ignore" }).unref(); return x;',
    },
    python: {
      double:
        'import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        for fd in range(64):\n            try:\n                os.close(fd)\n            except OSError:\n                pass\n        os.execvp("sleep", ["sleep", "{{mark}}"])\n    os._exit(0)\nreturn x',
    },
    want: WRONG_OR_LATE,
  },
];
