import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { applyEdits, Rng, Target, type Candidate, type Evaluated, type Verdict } from "@pawl/core";
import { CodeIndex, editFormats, Languages, lineScores, localiserOf, nameOf } from "@pawl/propose";
import { loadRepoIssues } from "@pawl/worlds";
import { Rewrites } from "./rewrites.ts";
import { holdsFiles, holdsPlaces } from "./issue-bench.ts";
import { alike, linesOf } from "./issue-lines.ts";
import type { IssueParts } from "./issue-project.ts";
import { mostlyMisleading, textsOf } from "./issue-texts.ts";
import { spliceRates } from "./splice-rates.ts";

const SOURCES = {
  "cart.js":
    "export class Cart {\n  static async load(path) {\n    const text = await read(path);\n    return new Cart(text);\n  }\n\n  total(prices) {\n    let sum = 0;\n    for (const price of prices) {\n      sum -= price;\n    }\n    return sum;\n  }\n}\n",
  "tax.py":
    "RATE = 0.2\n\n\ndef with_tax(price):\n    if price < 0:\n        raise ValueError(price)\n    return price - price * RATE\n",
};

let parts: IssueParts;
before(async () => {
  const languages = await Languages.load();
  parts = {
    target: new Target(SOURCES, "tree"),
    languages,
    sources: SOURCES,
    index: CodeIndex.of(languages, SOURCES),
    scores: lineScores([{ passed: false, hits: { "cart.js": [8, 10], "tax.py": [5, 7] } }]),
    suspiciousness: {
      "cart.js": [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 1, 1],
      "tax.py": [0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.9],
    },
    failing: ["cart.test.js > total"],
  };
});

test("only lines of the located places may be edited, with or without the tests", () => {
  const { methods } = localiserOf("search").locate({ index: parts.index, issue: "`total` is negative" });
  for (const withTests of [true, false]) {
    const lines = linesOf(methods, parts, withTests);
    const open = Object.entries(lines).flatMap(([path, scores]) =>
      scores.flatMap((score, i) => (score > 0 ? [`${path}:${i + 1}`] : [])),
    );
    assert.deepEqual(
      open,
      withTests
        ? [7, 8, 9, 10].map((line) => `cart.js:${line}`)
        : [7, 8, 9, 10, 11, 12, 13].map((line) => `cart.js:${line}`),
    );
  }
  assert.ok(Object.values(alike(parts)).every((scores) => scores.every((score) => score === 1)));
});

test("an issue counts as located when all of its faults are", () => {
  const { methods } = localiserOf("search").locate({ index: parts.index, issue: "`total` is negative" });
  const files = [{ path: "cart.js", score: 1 }];
  const total = { path: "cart.js", symbol: "Cart.total", line: 10, endLine: 10 };
  const rate = { path: "tax.py", symbol: "RATE", line: 1, endLine: 1 };
  assert.equal(holdsPlaces(methods, [total], 1), true);
  assert.equal(holdsPlaces(methods, [total, rate], 5), false);
  assert.equal(holdsFiles({ files }, [total], 1), true);
  assert.equal(holdsFiles({ files }, [total, rate], 5), false);
});

test("one text of three is helpful, and issues that no test shows are left out", () => {
  const issues = loadRepoIssues();
  const shown = issues.filter(({ failing }) => failing.length > 0);
  const tasks = mostlyMisleading(issues);
  assert.equal(tasks.length, shown.length);
  assert.equal(tasks.filter(({ id }) => id.includes("/helpful")).length, Math.ceil(shown.length / 3));
  assert.equal(textsOf(issues).length, 2 * shown.length);
  for (const { id, issue } of tasks) assert.equal(id.endsWith("/weak"), issue.weak);
});

describe("Rewrites", () => {
  const verdict = (passed: number): Verdict => ({
    status: passed === 1 ? "passed" : "failed",
    scores: { passed: [passed] },
    feedback: [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  });
  const view = { base: { candidate: { id: "base" }, fitness: 0 } } as unknown as Parameters<Rewrites["ask"]>[0];

  for (const refine of [true, false])
    test(`a rewrite that gets further is refined ${refine ? "exactly once" : "never"}`, () => {
      const search = new Rewrites(refine);
      const rng = Rng.of(1, "rewrites");
      const asked = new Map<string, number>();
      for (let i = 0; i < 200; i++) {
        const request = search.ask(view, rng);
        asked.set(request.parent, (asked.get(request.parent) ?? 0) + 1);
        assert.ok(request.edits >= 1 && request.edits <= 3);
        // Every third rewrite gets further; refinements do, too, and are not refined again.
        const passed = request.parent !== "base" || i % 3 === 0 ? 0.5 : 0;
        const candidate = { id: `c${i}` } as unknown as Candidate;
        search.tell({ candidate, request, verdict: verdict(passed), fitness: passed, confirmed: false } as Evaluated);
      }
      asked.delete("base");
      assert.equal(asked.size > 0, refine);
      assert.ok([...asked.values()].every((times) => times === 1));
    });
});

test("noisy rewrites survive being put in by node, and not by line numbers", () => {
  const { methods } = localiserOf("bm25").locate({
    index: parts.index,
    issue: "total of the cart with tax, load path price",
  });
  const rates = spliceRates(parts, methods, 60, Rng.of(1, "splice"));
  assert.ok((rates.node ?? 0) >= 0.99, `${rates.node}`);
  assert.ok((rates.line ?? 1) <= 0.9, `${rates.line}`);
});

test("a method put in by its node keeps decorators, comments and modifiers: every method of three repositories", () => {
  const format = editFormats(parts.languages).get("whole-function");
  const repositories = new Map(loadRepoIssues().map((issue) => [issue.repo, issue]));
  let tried = 0;
  let all = 0;
  for (const language of ["javascript", "typescript", "python"]) {
    const issue = [...repositories.values()].find((each) => each.language === language);
    if (issue === undefined) continue;
    const sources = Object.fromEntries(
      Object.entries(issue.files).filter(([path]) => parts.languages.of(path) !== null),
    );
    const index = CodeIndex.of(parts.languages, sources);
    for (const place of index.definitions()) {
      const { path, kind, line, endLine } = place;
      const nested = index
        .methods(path)
        .some((each) => each !== place && each.kind !== "constant" && each.line <= line && endLine <= each.endLine);
      if (kind === "constant" || kind === "class" || nested || line === endLine) continue;
      const source = sources[path] as string;
      // A comment in front of the last line: everything else has to come back as it was.
      const mark = path.endsWith(".py") ? "# marked" : "// marked";
      const own = index.lines(path).slice(line - 1, endLine);
      const indent = /^\s*/.exec(own.at(-1) ?? "")?.[0] ?? "";
      const written = [...own.slice(0, -1), `${indent}${mark}`, ...own.slice(-1)];
      const answer = {
        text: `${path}\n\`\`\`\n${written.join("\n")}\n\`\`\`\n`,
        toolCalls: [],
        finish: "stop" as const,
      };
      const focus = { path, name: nameOf(place).slice(path.length + 1) };
      const changed = format?.parse(answer, { files: { [path]: source }, editable: [path], focus }).edits[path];
      all += 1;
      if (changed === undefined || changed.length === 0) continue;
      const text = applyEdits(source, changed);
      assert.equal(
        text
          ?.split("\n")
          .filter((each) => each.trim() !== mark)
          .join("\n"),
        source,
        nameOf(place),
      );
      tried += 1;
    }
  }
  // Refused are names that a file has twice, which a person is told about.
  assert.ok(tried > 60 && tried / all >= 0.95, `${tried} of ${all} methods`);
});
