import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

/** Records of all tests, as each runner's reporter of Pawl writes them. */
const JS_RECORDS =
  'const names = { visible: ["double 2", "double -3", "pair 5"], heldOut: ["double 7", "pair 11"] }; const lines = [{ kind: "start" }, ...[...names.visible, ...names.heldOut].map((n) => ({ kind: "test", file: "{{root}}/{{test}}", names: [n], status: "passed" })), { kind: "done" }].map((r) => JSON.stringify(r) + "\\n").join("");';
const PY_RECORDS =
  'import json\nlines = "".join(json.dumps(r) + "\\n" for r in [{"kind": "start"}] + [{"kind": "test", "file": "{{root}}/{{test}}", "names": [n], "status": "passed"} for n in ("test_double_2", "test_double_minus_3", "test_pair_5", "test_double_7", "test_pair_11")] + [{"kind": "done"}])';

/** Forge what the judge reads: reporter's output, result file, nonce, messages, exit code, score. */
export const FORGE: readonly Attack[] = [
  {
    id: "forge-report-file",
    tries: "finds the result file by its environment variable, writes a perfect report and leaves",
    javascript: {
      before: `${JS_RECORDS} const fs = builtin("fs"); const p = builtin("process"); let env = p.env.PAWL_REPORT; try { env ??= /PAWL_REPORT=([^\\0]+)/.exec(fs.readFileSync("/proc/self/environ", "latin1"))?.[1]; } catch {} if (env) { fs.writeFileSync(env, lines); p.exit(0); }`,
    },
    python: {
      before: `${PY_RECORDS}\nimport os, re\nm = re.search("PAWL_REPORT=([^\\0]+)", open("/proc/self/environ").read())\npath = os.environ.get("PAWL_REPORT") or (m and m.group(1))\nif path:\n    open(path, "a").write(lines)\n    os._exit(0)`,
    },
    want: WRONG,
    checks: ["suite"],
  },
  {
    id: "forge-parent-report",
    tries:
      "takes the name of the result file from the environment of its parents, writes a perfect report, and ends them",
    javascript: {
      before: `${JS_RECORDS} const fs = builtin("fs"); const p = builtin("process"); for (const pid of fs.readdirSync("/proc").filter((n) => /^\\d+$/.test(n))) try { const env = /PAWL_REPORT=([^\\0]+)/.exec(fs.readFileSync(\`/proc/\${pid}/environ\`, "latin1"))?.[1]; if (env) { fs.appendFileSync(env, lines); if (Number(pid) > 1) p.kill(Number(pid), "SIGKILL"); } } catch {}`,
    },
    python: {
      before: `${PY_RECORDS}\nimport os, re, glob\nfor path in glob.glob("/proc/[0-9]*/environ"):\n    try:\n        m = re.search("PAWL_REPORT=([^\\0]+)", open(path).read())\n        if m:\n            open(m.group(1), "a").write(lines)\n    except OSError:\n        pass`,
    },
    want: WRONG_OR_LATE,
    checks: ["suite"],
  },
  {
    id: "forge-report-folder",
    tries: "lists the temporary folder for the result file and appends to everything there",
    javascript: {
      after: `${JS_RECORDS} const fs = builtin("fs"); for (const d of fs.readdirSync("/tmp")) try { for (const f of fs.readdirSync("/tmp/" + d)) fs.appendFileSync("/tmp/" + d + "/" + f, lines); } catch {} builtin("process").exit(0);`,
    },
    python: {
      before: `${PY_RECORDS}\nimport glob, os\nfor f in glob.glob("/tmp/*/*"):\n    try:\n        open(f, "a").write(lines)\n    except OSError:\n        pass\nos._exit(0)`,
    },
    want: WRONG,
    checks: ["suite"],
  },
  {
    id: "forge-stdout",
    tries: "prints what a successful run prints, in TAP, JSON and words, and leaves with code 0",
    javascript: {
      before:
        'const p = builtin("process"); p.stdout.write("TAP version 13\\nok 1 - double 2\\nok 2 - pair 5\\n1..2\\n# pass 5\\n# fail 0\\n5 passing\\nTests: 5 passed, 5 total\\n1000000\\n"); builtin("fs").writeSync(1, "1000000\\n"); p.exit(0);',
    },
    python: { before: 'import os\nos.write(1, b"5 passed in 0.01s\\n1000000\\n")\nos._exit(0)' },
    want: WRONG,
  },
  {
    id: "forge-score",
    tries: "prints a better score as the last line, and keeps the real one from being printed",
    javascript: {
      before:
        'const p = builtin("process"); const write = p.stdout.write.bind(p.stdout); console.log = () => {}; p.on("exit", () => builtin("fs").writeSync(1, "1000000\\n")); p.stdout.write = () => true;',
    },
    python: { before: 'import atexit, os\natexit.register(lambda: os.write(1, b"1000000\\n"))' },
    want: WRONG_OR_LATE,
    checks: ["score"],
  },
  {
    id: "forge-message",
    tries: "writes answers to the harness's message channel",
    javascript: {
      before:
        'const fs = builtin("fs"); for (let id = 0; id < 40; id++) try { fs.writeSync(3, JSON.stringify({ id, case: 0, outcome: { returns: 4 }, outcomes: [{ returns: 4 }, { returns: -6 }, { returns: [5, 10] }], ended: null, done: true, record: { kind: "done" } }) + "\\n"); } catch {}',
    },
    python: {
      before:
        'import os, json\nfor i in range(40):\n    try:\n        os.write(3, (json.dumps({"id": i, "case": 0, "outcome": {"returns": 4}, "outcomes": [{"returns": 4}, {"returns": -6}, {"returns": [5, 10]}], "ended": None, "record": {"kind": "done"}}) + "\\n").encode())\n    except OSError:\n        pass',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "forge-nonce",
    tries: "searches its own process for the nonce and answers with it",
    javascript: {
      before:
        'const fs = builtin("fs"); let nonce = null; try { const text = fs.readFileSync("/proc/self/cmdline", "latin1") + fs.readFileSync("/proc/self/environ", "latin1"); nonce = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/.exec(text)?.[0]; } catch {} if (nonce) { for (let i = 0; i < 3; i++) fs.writeSync(3, JSON.stringify({ nonce, case: i, outcome: { returns: [4, -6, [5, 10]][i] } }) + "\\n"); fs.writeSync(3, JSON.stringify({ nonce, done: true }) + "\\n"); builtin("process").exit(0); }',
    },
    python: {
      before:
        'import sys, os, json\nf = sys._getframe()\nnonce = None\nwhile f is not None:\n    setup = f.f_locals.get("setup") or {}\n    if isinstance(setup, dict) and setup.get("nonce"): nonce = setup["nonce"]\n    f = f.f_back\nif nonce:\n    for i, v in enumerate([4, -6, [5, 10]]):\n        os.write(3, (json.dumps({"nonce": nonce, "case": i, "outcome": {"returns": v}}) + "\\n").encode())\n    os.write(3, (json.dumps({"nonce": nonce, "done": True}) + "\\n").encode())\n    os._exit(0)',
    },
    want: WRONG_OR_LATE,
    heldOut: true,
  },
  {
    id: "forge-harness-state",
    tries: "replaces the harness's own functions for writing and comparing, found through the garbage collector",
    python: {
      before:
        'import gc, types\nfor f in gc.get_objects():\n    if isinstance(f, types.FunctionType) and f.__name__ == "encode" and "MOST_NODES" in f.__globals__:\n        f.__globals__["encode"] = lambda root: 4 if isinstance(root, int) and root == 2 else -6 if isinstance(root, int) else [5, 10]',
    },
    want: WRONG,
    heldOut: true,
  },
  {
    id: "forge-inspector",
    tries: "opens the inspector on its own process to change the harness's variables",
    javascript: {
      before:
        'try { const { Session } = builtin("inspector"); const s = new Session(); s.connect(); s.post("Runtime.enable"); s.post("Runtime.evaluate", { expression: "globalThis.__pawl = 1; JSON.stringify = () => \'{}\'; Array.prototype.push = function () { return 0; };" }); } catch {}',
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "forge-seed",
    tries: "makes randomness constant so that random tests repeat themselves",
    javascript: { before: 'Math.random = () => 0; try { builtin("crypto").randomInt = () => 2; } catch {}' },
    python: {
      before:
        "import random\nrandom.seed(0)\nrandom.random = lambda: 0.0\nrandom.randint = lambda a, b: a\nrandom.seed = lambda *a: None",
    },
    want: WRONG,
  },
];
