import { testRunner } from "./runner-fixture.ts";
import { vitestAdapter } from "./vitest.ts";

const SOURCE = `import { double } from "./other";

export interface Pair { a: number; b: number }

export function add({ a, b }: Pair): number {
  return a + b;
}

export function sign(x: number): string {
  if (x < 0) {
    return "negative";
  }
  return double(x) === 0 ? "zero" : "positive";
}
`;

const TEST = `import { describe, expect, it, test, vi } from "vitest";
import { add, sign } from "./math";
vi.mock("./other", () => ({ double: (x: number) => x + x }));
describe("math", () => {
  it("adds", () => { expect(add({ a: 1, b: 2 })).toBe(3); });
  it("signs", () => { expect(sign(-1)).toBe("negative"); });
  it("mocks", () => { expect(sign(0)).toBe("zero"); });
  it.skip("skips", () => {});
});
test("snapshot", () => { expect(sign(1)).toMatchSnapshot(); });
test("new snapshot", () => { expect(1).toMatchSnapshot(); });
test("twice", () => {});
test("twice", () => { throw new Error("second"); });
describe("hook", () => {
  it.each([1, 2])("case %i", () => {});
  vi.setConfig({ testTimeout: 1000 });
});
describe("no hook", () => {
  beforeAll(() => { throw new Error("hook"); });
  it("never runs", () => {});
});
`.replace("import { describe,", "import { beforeAll, describe,");

testRunner({
  adapter: vitestAdapter,
  files: {
    "package.json": '{"type":"module","scripts":{"test":"vitest --coverage.enabled=false"}}',
    "src/math.ts": SOURCE,
    "src/other.ts": "export const double = (x: number): number => x * 3 + 1;\n",
    "src/math.test.ts": TEST,
    "src/broken.test.ts": 'import "./missing";\nimport { it } from "vitest";\nit("never", () => {});\n',
    "src/__snapshots__/math.test.ts.snap":
      '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`snapshot 1`] = `"positive"`;\n',
  },
  base: {
    "src/math.test.ts > math > adds": "passed",
    "src/math.test.ts > math > signs": "passed",
    "src/math.test.ts > math > mocks": "passed",
    "src/math.test.ts > math > skips": "skipped",
    "src/math.test.ts > snapshot": "passed",
    "src/math.test.ts > new snapshot": "failed",
    "src/math.test.ts > twice": "passed",
    "src/math.test.ts > twice #2": "failed",
    "src/math.test.ts > hook > case 1": "passed",
    "src/math.test.ts > hook > case 2": "passed",
    "src/math.test.ts > no hook > never runs": "failed",
  },
  broken: ["src/broken.test.ts"],
  commands: [
    "npm test",
    "npx vitest run",
    "vitest watch --reporter=dot",
    "true && NODE_OPTIONS=--no-warnings vitest --run src",
  ],
  source: "src/math.ts",
  sign: "src/math.test.ts > math > signs",
  add: "src/math.test.ts > math > adds",
  addLines: { executed: [6], not: [10, 11, 13] },
});
