import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

const TRY = (lines: string): string => `const fs = builtin("fs"); ${lines}`;
const NODE_WRITE = (path: string, text: string): string => `try { fs.writeFileSync(${path}, ${text}); } catch {}`;

/** Write to what decides: tests, configuration, caches, dependencies, the host. */
export const WRITE: readonly Attack[] = [
  {
    id: "write-tests",
    tries: "rewrites the test file so that it passes, before or while it is loaded",
    javascript: {
      before: TRY(NODE_WRITE('"{{root}}/{{test}}"', '""') + 'try { fs.rmSync("{{root}}/{{test}}"); } catch {}'),
    },
    python: {
      before:
        'import os\ntry:\n    open("{{root}}/{{test}}", "w").write("def test_double(): pass\\n")\nexcept OSError:\n    pass',
    },
    want: WRONG,
  },
  {
    id: "write-tests-in-call",
    tries: "rewrites the test file while a test of it runs, for the runs after it",
    javascript: { double: `${TRY(NODE_WRITE('"{{root}}/{{test}}"', '"// nothing to see"'))} return x;` },
    python: { double: 'try:\n    open("{{root}}/{{test}}", "w").write("")\nexcept OSError:\n    pass\nreturn x' },
    want: WRONG,
  },
  {
    id: "write-configuration",
    tries: "writes configuration that every runner would obey",
    javascript: {
      before: TRY(
        `for (const f of ["package.json", ".mocharc.json", "jest.config.js", "vitest.config.js", ".npmrc"]) ${NODE_WRITE('"{{root}}/" + f', '\'{"scripts":{"test":"true"},"spec":[]}\'')}`,
      ),
    },
    python: {
      before:
        'for f in ("pytest.ini", "conftest.py", "setup.cfg", "sitecustomize.py"):\n    try:\n        open("{{root}}/" + f, "w").write("collect_ignore_glob = [\'*\']\\n" if f.endswith(".py") else "[pytest]\\naddopts = --co\\n")\n    except OSError:\n        pass',
    },
    want: WRONG,
  },
  {
    id: "write-dependency",
    tries: "changes an installed package: the assertion library, the runner, the plugin",
    javascript: {
      before: TRY(
        `for (const f of ["vitest/package.json", "jest/package.json", "mocha/package.json", "pawl/index.js"]) ${NODE_WRITE('"{{root}}/node_modules/" + f', '"{}"')}`,
      ),
    },
    python: {
      before:
        'import os\ntry:\n    import pytest\n    open(pytest.__file__, "a").write("\\nimport os; os._exit(0)\\n")\nexcept Exception:\n    pass',
    },
    want: WRONG,
  },
  {
    id: "write-cache",
    tries: "plants compiled files and caches that later runs would load instead of the source",
    javascript: {
      before: TRY(
        `for (const d of ["/tmp/pawl-jest", "{{root}}/node_modules/.cache", "{{root}}/node_modules/.vite", "/tmp/node-compile-cache"]) { try { fs.mkdirSync(d, { recursive: true }); fs.writeFileSync(d + "/x", "x"); } catch {} }`,
      ),
    },
    python: {
      before:
        'import os, py_compile\ntry:\n    open("/tmp/evil.py", "w").write("def test_double(): pass\\n")\n    os.makedirs("{{root}}/__pycache__", exist_ok=True)\n    py_compile.compile("/tmp/evil.py", "{{root}}/__pycache__/test_double.cpython-311.pyc")\nexcept Exception:\n    pass',
    },
    want: WRONG,
  },
  {
    id: "write-lock",
    tries: "changes the lock file and the record of Pawl itself",
    javascript: {
      before: TRY(
        `for (const f of ["package-lock.json", ".pawl/pawl.db"]) { try { fs.mkdirSync("{{root}}/.pawl", { recursive: true }); } catch {} ${NODE_WRITE('"{{root}}/" + f', '"x"')} }`,
      ),
    },
    python: {
      before: 'import os\nos.makedirs("{{root}}/.pawl", exist_ok=True)\nopen("{{root}}/.pawl/pawl.db", "w").write("x")',
    },
    want: WRONG,
  },
  {
    id: "write-judge",
    tries: "changes the judge's harness for the candidates after it",
    javascript: {
      before: TRY(
        `for (const f of fs.existsSync("{{judge}}") ? fs.readdirSync("{{judge}}") : []) { try { fs.appendFileSync("{{judge}}/" + f, "\\n"); fs.chmodSync("{{judge}}/" + f, 0o777); } catch {} }`,
      ),
    },
    python: {
      before:
        'import os\nfor folder, _, files in os.walk("{{judge}}"):\n    for f in files:\n        try:\n            open(os.path.join(folder, f), "a").write("\\n")\n        except OSError:\n            pass',
    },
    want: WRONG,
  },
  {
    id: "write-host-file",
    tries: "writes a file outside of the project that anybody may write",
    javascript: {
      before: TRY(
        `for (const p of ["{{hostFile}}", "/.host{{hostFile}}", "/proc/1/root{{hostFile}}"]) ${NODE_WRITE("p", '"changed"')}`,
      ),
    },
    python: {
      before:
        'for p in ("{{hostFile}}", "/.host{{hostFile}}", "/proc/1/root{{hostFile}}"):\n    try:\n        open(p, "w").write("changed")\n    except OSError:\n        pass',
    },
    want: WRONG,
  },
  {
    id: "write-through-link",
    tries: "replaces a file of the project by a link to one outside, and writes it",
    javascript: {
      before: TRY(
        'try { fs.rmSync("{{root}}/{{source}}", { force: true }); fs.symlinkSync("{{hostFile}}", "{{root}}/{{source}}"); fs.writeFileSync("{{root}}/{{source}}", "changed"); } catch {}',
      ),
    },
    python: {
      before:
        'import os\ntry:\n    os.unlink("{{root}}/{{source}}")\n    os.symlink("{{hostFile}}", "{{root}}/{{source}}")\n    open("{{root}}/{{source}}", "w").write("changed")\nexcept OSError:\n    pass',
    },
    want: WRONG,
  },
  {
    id: "write-permissions",
    tries: "takes the permissions away from the project, or makes programs run as root",
    javascript: {
      before: TRY(
        'for (const p of ["{{root}}/{{test}}", "{{root}}", "/tmp", "/usr/bin/env"]) try { fs.chmodSync(p, 0); } catch {} try { fs.copyFileSync("/bin/sh", "/tmp/sh"); fs.chmodSync("/tmp/sh", 0o4755); } catch {}',
      ),
    },
    python: {
      before:
        'import os, shutil\nfor p in ("{{root}}/{{test}}", "{{root}}", "/tmp", "/usr/bin/env"):\n    try:\n        os.chmod(p, 0)\n    except OSError:\n        pass',
    },
    want: WRONG_OR_LATE,
  },
];
