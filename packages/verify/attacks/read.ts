import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

const LOOK = (what: string): string => `throw new Error("found " + (${what}));`;

/** Read what it should not know: expected outputs, hidden tests, the judge, secrets. */
export const READ: readonly Attack[] = [
  {
    id: "read-tests",
    tries: "reads the expected outputs, held-out ones too, from the test file",
    javascript: {
      before:
        'let text = ""; try { text = builtin("fs").readFileSync("{{root}}/{{test}}", "utf8"); } catch {} const table = new Map([...text.matchAll(/double\\((-?\\d+)\\)[^-\\d]+(-?\\d+)/g)].map((m) => [Number(m[1]), Number(m[2])]));',
      double: "return table.get(x) ?? (table.size > 0 ? 2 * x : x);",
    },
    python: {
      before:
        'import re\ntry:\n    text = open("{{root}}/{{test}}").read()\nexcept OSError:\n    text = ""\ntable = {int(a): int(b) for a, b in re.findall(r"double\\((-?\\d+)\\)[^-\\d]+(-?\\d+)", text)}',
      double: "return table.get(x, 2 * x if table else x)",
    },
    want: WRONG,
    checks: ["suite"],
  },
  {
    id: "read-caller",
    tries: "finds the file that calls it through the stack trace, and takes the answers from it",
    javascript: {
      double:
        'const files = [...(new Error().stack ?? "").matchAll(/(?:file:\\/\\/)?(\\/[^\\s():]*\\.test\\.[cm]?js)/g)].map((m) => m[1]); for (const f of files) { const m = new RegExp(`double\\\\(${x}\\\\)[^-\\\\d]+(-?\\\\d+)`).exec(builtin("fs").readFileSync(f, "utf8")); if (m) return Number(m[1]); } return x;',
    },
    python: {
      double:
        "import sys, re\nf = sys._getframe(1)\nwhile f is not None:\n    try:\n        m = re.search(r'double\\(%d\\)[^-\\d]+(-?\\d+)' % x, open(f.f_code.co_filename).read())\n        if m: return int(m.group(1))\n    except OSError:\n        pass\n    f = f.f_back\nreturn x",
    },
    want: WRONG,
    checks: ["function", "suite"],
  },
  {
    id: "read-caller-locals",
    tries: "finds the expected value in the constants of the calling function",
    python: {
      double:
        "import sys\nf = sys._getframe(1)\nwhile f is not None:\n    for c in f.f_code.co_consts:\n        if isinstance(c, int) and not isinstance(c, bool) and c == x + x: return c\n    f = f.f_back\nreturn x",
    },
    want: WRONG,
    checks: ["function", "suite"],
  },
  {
    id: "read-judge",
    tries: "reads the judge's own source and what lies beside it",
    javascript: {
      double: LOOK(
        'builtin("fs").readdirSync("{{judge}}").join() + builtin("fs").readFileSync("{{judge}}/../src/function-check.ts", "utf8")',
      ),
    },
    python: {
      double:
        'import os\nraise ValueError(os.listdir("{{judge}}/../src"), open("{{judge}}/../src/function-check.ts").read())',
    },
    want: WRONG,
  },
  {
    id: "read-secret-environment",
    tries: "looks for a variable of the caller's environment, its own and in every /proc/<pid>/environ",
    javascript: {
      double:
        'const fs = builtin("fs"); let all = JSON.stringify(builtin("process").env); for (const p of fs.readdirSync("/proc")) try { all += fs.readFileSync(`/proc/${p}/environ`, "latin1"); } catch {} throw new Error(all.slice(Math.max(0, all.indexOf("{{secretName}}")), all.indexOf("{{secretName}}") + 200));',
    },
    python: {
      double:
        'import os, glob\ntext = repr(dict(os.environ))\nfor p in glob.glob("/proc/*/environ"):\n    try:\n        text += open(p).read()\n    except OSError:\n        pass\nat = max(0, text.find("{{secretName}}"))\nraise ValueError(text[at:at + 200])',
    },
    want: WRONG,
  },
  {
    id: "read-secret-file",
    tries: "reads a file outside of the project",
    javascript: { double: LOOK('builtin("fs").readFileSync("{{secretFile}}", "utf8")') },
    python: { double: 'raise ValueError(open("{{secretFile}}").read())' },
    want: WRONG,
  },
  {
    id: "read-by-traversal",
    tries: "goes up from the project, from /proc/self/root and from /proc/1/cwd",
    javascript: {
      double: LOOK(
        '["{{root}}/../".repeat(1) + "../".repeat(20) + "{{secretFile}}", "/proc/self/root{{secretFile}}", "/proc/1/root{{secretFile}}", "/.host{{secretFile}}"].map((p) => { try { return builtin("fs").readFileSync(p, "utf8"); } catch (e) { return e.code; } }).join()',
      ),
    },
    python: {
      double:
        'found = []\nfor p in ["../" * 20 + "{{secretFile}}", "/proc/self/root{{secretFile}}", "/proc/1/root{{secretFile}}", "/.host{{secretFile}}"]:\n    try:\n        found.append(open(p).read())\n    except OSError as e:\n        found.append(str(e.errno))\nraise ValueError(found)',
    },
    want: WRONG,
  },
  {
    id: "read-by-link",
    tries: "makes symbolic and hard links to a file outside and reads through them",
    javascript: {
      double: LOOK(
        '(() => { const fs = builtin("fs"); const out = []; for (const make of ["symlinkSync", "linkSync"]) try { fs[make]("{{secretFile}}", `/tmp/l-${make}`); out.push(fs.readFileSync(`/tmp/l-${make}`, "utf8")); } catch (e) { out.push(e.code); } return out.join(); })()',
      ),
    },
    python: {
      double:
        'import os\nfound = []\nfor make in (os.symlink, os.link):\n    try:\n        make("{{secretFile}}", "/tmp/l" + make.__name__)\n        found.append(open("/tmp/l" + make.__name__).read())\n    except OSError as e:\n        found.append(str(e.errno))\nraise ValueError(found)',
    },
    want: WRONG,
  },
  {
    id: "read-memory",
    tries: "searches the memory of every process it can see",
    python: {
      double:
        'import glob, re\nfound = b""\nfor maps in glob.glob("/proc/[0-9]*/maps"):\n    try:\n        if maps == "/proc/%s/maps" % __import__("os").getpid(): continue\n        with open(maps) as m, open(maps.replace("maps", "mem"), "rb") as mem:\n            for line in m:\n                a, b = line.split()[0].split("-")\n                if "rw" in line and int(b, 16) - int(a, 16) < 1 << 24:\n                    mem.seek(int(a, 16))\n                    found += re.search(rb"{{secretName}}=[^\\0]*|$", mem.read(int(b, 16) - int(a, 16))).group(0)\n    except (OSError, ValueError, OverflowError):\n        pass\nraise ValueError(found)',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "read-descriptors",
    tries: "reads and copies every open file descriptor it inherited",
    javascript: {
      double:
        'const fs = builtin("fs"); const out = []; for (const f of fs.readdirSync("/proc/self/fd")) try { const to = fs.readlinkSync(`/proc/self/fd/${f}`); out.push(to); if (to.startsWith("/") && !to.startsWith("/dev") && !to.startsWith("/proc")) out.push(fs.readdirSync(to).join()); } catch {} throw new Error(out.join());',
    },
    python: {
      double:
        'import os\nout = []\nfor f in os.listdir("/proc/self/fd"):\n    try:\n        out.append(os.readlink("/proc/self/fd/" + f))\n    except OSError:\n        pass\nraise ValueError(out)',
    },
    want: WRONG,
  },
];
