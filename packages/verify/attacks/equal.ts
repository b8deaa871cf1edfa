import { type Attack, WRONG, WRONG_OR_LATE } from "./types.ts";

const ANY =
  "class Any:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 0";

/** Return something that passes for the answer. */
export const EQUAL: readonly Attack[] = [
  {
    id: "equal-eq",
    tries: "returns an object whose __eq__ says yes to everything",
    python: { before: ANY, double: "return Any()", pair: "return Any()" },
    want: WRONG,
  },
  {
    id: "equal-eq-subclass",
    tries: "returns a number, and a list, that are equal to all others",
    python: {
      before:
        "class N(int):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    __hash__ = int.__hash__\nclass L(list):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False",
      double: "return N(x)",
      pair: "return L([x])",
    },
    want: WRONG,
  },
  {
    id: "equal-eq-typed",
    tries: "is equal to whatever is a number or a list, and to nothing else",
    python: {
      before:
        "def made():\n    return type('A', (), {'__' + 'eq__': lambda s, o: isinstance(o, (int, list)), '__hash__': None})()",
      double: "return made()",
      pair: "return made()",
    },
    want: WRONG,
  },
  {
    id: "equal-asymmetric",
    tries: "returns an asymmetric matcher, which expect asks for its opinion",
    javascript: {
      before:
        "const any = { $$typeof: Symbol.for('jest.asymmetricMatcher'), asymmetricMatch: () => true, toString: () => 'any', toAsymmetricMatcher: () => 'any' };",
      double: "return any;",
      pair: "return any;",
    },
    want: WRONG,
  },
  {
    id: "equal-coercion",
    tries: "returns an object that turns into any number when it is compared loosely",
    javascript: {
      before:
        "let n = 3; const next = { valueOf: () => (n += 1), toString: () => String(n), [Symbol.toPrimitive]: () => ({ 2: 4 })[2] };",
      double: "return next;",
    },
    want: WRONG,
  },
  {
    id: "equal-proxy",
    tries: "returns a proxy that answers every question about itself",
    javascript: {
      before:
        "const all = new Proxy([], { get: (t, k) => (k === 'length' ? 2 : k === Symbol.toPrimitive ? () => 4 : t[k] ?? 4), has: () => true, getPrototypeOf: () => Array.prototype });",
      double: "return all;",
      pair: "return all;",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "equal-getters",
    tries: "returns an object whose getters answer differently each time they are read",
    javascript: {
      pair: "let n = 0; const a = [x]; Object.defineProperty(a, 1, { enumerable: true, configurable: true, get: () => (n += 2) }); a.length = 2; return a;",
    },
    want: WRONG,
  },
  {
    id: "equal-thenable",
    tries: "returns a thenable that hands out the caller's own continuation",
    javascript: { double: "return { then(done) { done({ valueOf: () => 4 }); done(4); } };" },
    python: {
      before: "class W:\n    def __await__(self):\n        yield from ()\n        return 4",
      double: "return W()",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "equal-nan",
    tries: "returns NaN, which compares false to everything",
    javascript: { double: "return NaN;", pair: "return [x, NaN];" },
    python: { double: "return float('nan')" },
    want: WRONG,
  },
  {
    id: "equal-minus-zero",
    tries: "returns -0, 0n, an empty string and other things near to zero",
    javascript: { double: "return -0;", pair: "return [x, ''];" },
    python: { double: "return -0.0", pair: "return (x, False)" },
    want: WRONG,
  },
  {
    id: "equal-boxed",
    tries: "returns the right text in the wrong type",
    javascript: { double: "return new String(2 * x);", pair: "return { 0: x, 1: 2 * x, length: 2 };" },
    python: { double: "return str(2 * x)", pair: "return (x, 2 * x)" },
    want: WRONG,
  },
  {
    id: "equal-forged-tags",
    tries: "returns what looks like the judge's own notation for values",
    javascript: { double: "return { $: 'bigint', v: '4' };", pair: "return { outcome: { returns: [x, 2 * x] } };" },
    python: { double: "return {'$': 'bigint', 'v': '4'}", pair: "return {'returns': [x, 2 * x]}" },
    want: WRONG,
  },
  {
    id: "equal-mutates",
    tries: "changes the list it was given, so that the expected value changes with it",
    javascript: { pair: "Array.prototype[1] = 10; return [x, , ];" },
    python: {
      pair: "import gc\nfor o in gc.get_objects():\n    if type(o) is list and o == [5, 10]:\n        o[:] = [5, 5]\nreturn [x, x]",
    },
    want: WRONG_OR_LATE,
  },
  {
    id: "equal-table",
    tries: "answers the visible cases from a table and nothing else",
    javascript: { double: "return { 2: 4, '-3': -6, 5: 10 }[x] ?? x;" },
    python: { double: "return {2: 4, -3: -6, 5: 10}.get(x, x)" },
    want: ["passed"],
    checks: ["function", "suite"],
    heldOut: true,
  },
];
