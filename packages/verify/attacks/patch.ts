import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

/** Change what the tests or the judge use to compare. */
export const PATCH: readonly Attack[] = [
  {
    id: "patch-assert",
    tries: "makes every assertion of the standard library do nothing",
    javascript: {
      before:
        'const a = builtin("assert"); for (const o of [a, a.strict, a.default ?? a]) for (const k of Object.keys(o)) if (typeof o[k] === "function") try { o[k] = () => {}; } catch {}',
    },
    python: {
      before:
        "import unittest\nfor n in dir(unittest.TestCase):\n    if n.startswith('assert'):\n        setattr(unittest.TestCase, n, lambda *a, **k: None)",
    },
    want: WRONG,
  },
  {
    id: "patch-assertion-error",
    tries: "makes the error of a failed assertion harmless",
    javascript: {
      before:
        'const a = builtin("assert"); const E = a.AssertionError; Object.setPrototypeOf(E.prototype, null); for (const k of ["equal", "deepEqual", "strictEqual", "deepStrictEqual"]) { const old = a[k]; a[k] = (...x) => { try { old(...x); } catch {} }; if (a.strict) a.strict[k] = a[k]; }',
    },
    python: {
      before:
        "import builtins\nclass Quiet(BaseException): pass\nbuiltins.AssertionError = type('AssertionError', (Exception,), {})",
    },
    want: WRONG,
  },
  {
    id: "patch-expect",
    tries: "replaces expect by one that agrees",
    javascript: {
      before:
        "const yes = new Proxy(() => yes, { get: (_t, k) => (k === 'then' ? undefined : yes), apply: () => yes }); globalThis.expect = () => yes; try { const E = globalThis[Symbol.for('$$jest-matchers-object')]; for (const k of Object.keys(E?.matchers ?? {})) E.matchers[k] = () => ({ pass: true, message: () => '' }); } catch {}",
    },
    want: WRONG,
  },
  {
    id: "patch-runner",
    tries: "replaces the functions that register or run tests",
    javascript: {
      before:
        "for (const n of ['it', 'test', 'describe']) { const f = globalThis[n]; if (typeof f === 'function') globalThis[n] = Object.assign((name) => f(name, () => {}), f); } try { const t = builtin('test'); t.test = t.it = (name, fn) => {}; } catch {} try { const M = builtin('module')._load; const P = globalThis.Mocha?.Runnable?.prototype; if (P) P.run = (done) => done(); } catch {}",
    },
    python: {
      before:
        "try:\n    import _pytest.python as p\n    p.Function.runtest = lambda self: None\nexcept Exception:\n    pass\nimport unittest\nunittest.TestCase.run = lambda self, result=None: result",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-mocha",
    tries: "finds mocha's Runnable among the loaded modules and makes it succeed",
    javascript: {
      before:
        "try { const m = builtin('module'); for (const [k, v] of Object.entries(m._cache ?? {})) if (/mocha\\/lib\\/runnable\\.js$/.test(k)) v.exports.prototype.run = function (done) { done(); }; } catch {}",
    },
    want: WRONG,
  },
  {
    id: "patch-report",
    tries: "makes the plugin that reports call everything passed",
    python: {
      before:
        "try:\n    import _pytest.reports as r\n    old = r.TestReport.from_item_and_call.__func__\n    def forged(cls, item, call):\n        call.excinfo = None\n        return old(cls, item, call)\n    r.TestReport.from_item_and_call = classmethod(forged)\nexcept Exception:\n    pass",
    },
    javascript: {
      before:
        "try { const m = builtin('module'); for (const [k, v] of Object.entries(m._cache ?? {})) if (/report-writer/.test(k)) { const t = v.exports.takeReport; v.exports.show = () => '4'; } } catch {}",
    },
    want: WRONG,
  },
  {
    id: "patch-array",
    tries: "replaces Array.prototype's methods so that every comparison holds",
    javascript: {
      before:
        "Array.prototype.every = () => true; Array.prototype.some = () => false; Array.prototype.filter = () => []; Array.prototype.find = () => undefined; Array.isArray = () => true;",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-json",
    tries: "makes JSON write the expected answer whatever it is given",
    javascript: {
      before:
        'const { stringify } = JSON; JSON.stringify = (v) => stringify(v)?.replace(/"failed"/g, \'"passed"\').replace(/"returns":-?\\d+/g, \'"returns":4\'); Array.prototype.toJSON = undefined; Number.prototype.toJSON = () => 4;',
    },
    python: {
      before:
        "import json\nold = json.dumps\njson.dumps = lambda v, **k: old(v, **k).replace('\"failed\"', '\"passed\"').replace('\"returns\": 2', '\"returns\": 4')",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-object-is",
    tries: "makes Object.is and the reflection of equality agree to everything",
    javascript: {
      before:
        "Object.is = () => true; Reflect.ownKeys = () => []; Object.keys = () => []; Object.getOwnPropertyNames = () => [];",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-getters",
    tries: "puts properties with answers on Object.prototype",
    javascript: {
      before:
        "for (const [k, v] of [['returns', 4], ['status', 'passed'], ['pass', true], ['ok', true], ['actual', 4]]) Object.defineProperty(Object.prototype, k, { get: () => v, set() {}, configurable: true });",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-builtins-python",
    tries: "replaces the built-in functions that tests compare with",
    python: {
      before:
        "import builtins, operator\nbuiltins.sorted = lambda *a, **k: []\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True\nbuiltins.any = lambda *a: False\nbuiltins.len = lambda *a: 2\noperator.eq = lambda a, b: True",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-error",
    tries: "makes errors impossible to throw or to read",
    javascript: {
      before:
        "globalThis.Error = function () { return undefined; }; try { Error.captureStackTrace = () => { throw null; }; Error.prepareStackTrace = () => { throw null; }; } catch {}",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-trace",
    tries: "rewrites the frames of the caller: the test's own local variables",
    python: {
      double:
        "import sys, ctypes\nf = sys._getframe(1)\nwhile f is not None:\n    for k in list(f.f_globals):\n        if k.startswith('test_'):\n            f.f_globals[k] = lambda *a: None\n    f = f.f_back\nreturn x",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "patch-code",
    tries: "replaces the code of the test functions themselves",
    python: {
      before:
        "import gc, types, sys\ndef nothing(*a, **k): pass\ndef strike():\n    for f in gc.get_objects():\n        if isinstance(f, types.FunctionType) and f.__name__.startswith('test_'):\n            f.__code__ = (lambda *a, **k: None).__code__",
      double: "strike()\nreturn x",
    },
    want: WRONG_OR_LATE,
  },
];
