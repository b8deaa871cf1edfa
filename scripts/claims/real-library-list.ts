/** A realistic fault of one line, written into a released library. */
export interface Fault {
  /** Project-relative path. */
  readonly file: string;
  /** The line as released, or the part of it that changes; it occurs once in the file. */
  readonly was: string;
  readonly becomes: string;
  readonly kind: string;
}

/** A function to be made faster: as released, or slowed first by edits that change nothing else. */
export interface SlowFunction {
  /** As `pawl speed` takes it. */
  readonly target: string;
  readonly file: string;
  /** What it says, once in the file, and what is written instead; empty for the function as released. */
  readonly edits: readonly (readonly [was: string, becomes: string])[];
  /** Calls, one array of arguments each; empty when the library's tests make enough of them. */
  readonly cases: readonly (readonly unknown[])[];
}

export interface RealLibrary {
  readonly from: "npm" | "pypi";
  readonly name: string;
  /** The release that is fetched, and no other. */
  readonly version: string;
  readonly licence: string;
  readonly runner: string;
  /** What its authors run, without linters; by hand, to check Pawl's word. */
  readonly test: string;
  /** What the tests need besides the package and its dependencies; for npm, names from its development dependencies, or a name@version. */
  readonly needs: readonly string[];
  /** Files that git ignores and the tests need. */
  readonly include?: string;
  readonly faults: readonly Fault[];
  readonly slow?: SlowFunction;
  /** What had to change in Pawl before this library worked; none when it worked out of the box. */
  readonly changed: readonly string[];
}

/** Libraries whose published archives hold their tests, one or two for every kind of runner. */
export const REAL_LIBRARIES: readonly RealLibrary[] = [
  {
    from: "npm",
    name: "jsonpath",
    version: "1.3.0",
    licence: "MIT",
    runner: "mocha 2 (tdd)",
    test: "mocha -u tdd test",
    needs: ["mocha"],
    faults: [
      {
        file: "lib/slice.js",
        was: "start = start < 0 ? len + start : start;",
        becomes: "start = start < 0 ? len - start : start;",
        kind: "wrong operator",
      },
      {
        file: "lib/index.js",
        was: "return b.path.length - a.path.length;",
        becomes: "return a.path.length - b.path.length;",
        kind: "swapped operands",
      },
    ],
    changed: [
      "mocha before version 4 tells no path of titles, so no test was reported",
      "mocha before version 8 does not know --no-parallel, and sets its interface after it is made",
    ],
  },
  {
    from: "npm",
    name: "card-validator",
    version: "10.0.4",
    licence: "MIT",
    runner: "jest 30 with ts-jest and jsdom",
    test: "jest",
    needs: ["jest", "jest-environment-jsdom", "ts-jest", "typescript", "@types/jest", "@types/node"],
    faults: [
      {
        file: "src/card-number.ts",
        was: "isPotentiallyValid = testCardValue.length < maxLength || isValid;",
        becomes: "isPotentiallyValid = testCardValue.length <= maxLength || isValid;",
        kind: "wrong bound",
      },
    ],
    changed: [],
  },
  {
    from: "npm",
    name: "find-my-way",
    version: "9.10.2",
    licence: "MIT",
    runner: "borp (node:test)",
    test: "borp",
    needs: ["borp", "proxyquire", "rfdc"],
    faults: [
      {
        file: "lib/url-sanitizer.js",
        was: "if (hashIndex !== -1 && (delimIndex === -1 || hashIndex < delimIndex)) {",
        becomes: "if (hashIndex !== -1 && (delimIndex === -1 && hashIndex < delimIndex)) {",
        kind: "wrong logical operator",
      },
    ],
    changed: [],
  },
  {
    from: "npm",
    name: "qs",
    version: "6.17.1",
    licence: "BSD-3-Clause",
    runner: "tape through nyc (TAP)",
    test: "tape 'test/**/*.js'",
    needs: [
      "tape@5.10.2",
      "nyc",
      "es-value-fixtures",
      "for-each",
      "has-bigints",
      "has-override-mistake",
      "has-property-descriptors",
      "has-proto",
      "has-symbols",
      "iconv-lite",
      "mock-property",
      "object-inspect",
      "qs-iconv",
      "safer-buffer",
    ],
    faults: [
      {
        file: "lib/parse.js",
        was: "key.charAt(key.length - 1) === ']' ? key.slice(1, -1) : key;",
        becomes: "key.charAt(key.length - 1) === ']' ? key.slice(1) : key;",
        kind: "missing argument",
      },
    ],
    slow: {
      target: "lib/utils.js#encode",
      file: "lib/utils.js",
      edits: [],
      cases: [["abc"], ["a b&c=d"], ["žluťoučký"], ["100 % (real)"], [""]],
    },
    changed: [],
  },
  {
    from: "pypi",
    name: "boltons",
    version: "26.2.0",
    licence: "BSD-3-Clause",
    runner: "pytest",
    test: ".venv/bin/python -m pytest tests -q",
    needs: ["pytest"],
    faults: [
      {
        file: "boltons/iterutils.py",
        was: "input_offset = input_offset + initial_chunk_len - overlap_size",
        becomes: "input_offset = input_offset + initial_chunk_len + overlap_size",
        kind: "wrong operator",
      },
    ],
    slow: {
      target: "boltons/iterutils.py#unique_iter",
      file: "boltons/iterutils.py",
      edits: [
        ["seen = set()\n    for i in src:", "seen = []\n    for i in src:"],
        ["seen.add(k)\n            yield i", "seen.append(k)\n            yield i"],
      ],
      cases: [[[3, 1, 3, 2, 1]], [["b", "a", "b"]], [[]], [[2, 2, 2.5, 2]]],
    },
    changed: ["pytest was looked for by importing it, which took longer than the 20 s allowed on a busy machine"],
  },
  {
    from: "pypi",
    name: "cachetools",
    version: "8.0.2",
    licence: "MIT",
    runner: "pytest over unittest classes, src layout",
    test: ".venv/bin/python -m pytest -q",
    needs: ["pytest"],
    faults: [
      {
        file: "src/cachetools/__init__.py",
        was: "while self.__currsize + 1 > maxsize:",
        becomes: "while self.__currsize + 1 >= maxsize:",
        kind: "wrong bound",
      },
    ],
    changed: [],
  },
  {
    from: "pypi",
    name: "more-itertools",
    version: "11.2.1",
    licence: "MIT",
    runner: "unittest",
    test: ".venv/bin/python -m unittest",
    needs: [],
    faults: [
      {
        file: "more_itertools/recipes.py",
        was: "c, n = c * (n - r) // n, n - 1",
        becomes: "c, n = c * (n + r) // n, n - 1",
        kind: "wrong operator",
      },
    ],
    changed: ["unittest was judged by its exit code alone, which says too little"],
  },
  {
    from: "pypi",
    name: "humanize",
    version: "4.17.0",
    licence: "MIT",
    runner: "pytest with doctests",
    test: ".venv/bin/python -m pytest -q",
    needs: ["freezegun", "pytest>=9", "pytest-benchmark", "pytest-codspeed", "pytest-cov"],
    include: "src/humanize/_version.py",
    faults: [
      {
        file: "src/humanize/filesize.py",
        was: "abs(float(format % (abs_bytes / (base**exp)))) >= base:",
        becomes: "abs(float(format % (abs_bytes / (base**exp)))) > base:",
        kind: "wrong bound",
      },
    ],
    changed: ["the module that git ignores was not named, and 5 minutes went by without it"],
  },
];
